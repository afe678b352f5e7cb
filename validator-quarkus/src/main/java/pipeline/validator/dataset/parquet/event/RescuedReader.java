package pipeline.validator.dataset.parquet.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.ColumnSum;
import pipeline.validator.dataset.content.EventTotals.Rescued;
import pipeline.validator.dataset.parquet.Column;
import pipeline.validator.dataset.parquet.ParquetFile;

/** Counts the fields in the column {@value OutputTree#RESCUED} of a file. */
final class RescuedReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final SortedMap<String, Long> fields = new TreeMap<>();
    private long rows;

    /**
     * @param footer what the footer says of the column, null if the schema does not have it
     * @param batch that of the file
     */
    static Rescued read(ParquetFile file, ColumnSum footer, long batch) throws IOException {
        if (footer == null || footer.nulls().orElse(-1) == file.rows()) {
            return Rescued.NONE;
        }
        Optional<Column> column = file.column(OutputTree.RESCUED, Column::isText);
        RescuedReader reader = new RescuedReader();
        if (column.isPresent()) {
            file.forEachRow(column.stream().toList(), file.rows(), () -> reader.add(column.get()));
        }
        return reader.rows == 0 ? Rescued.NONE : new Rescued(reader.rows, reader.fields, batch);
    }

    private void add(Column column) {
        if (column.hasValue()) {
            rows++;
            names(column.text()).forEach(name -> Rescued.count(fields, name, 1));
        }
    }

    private static List<String> names(String json) {
        List<String> names = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                names.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

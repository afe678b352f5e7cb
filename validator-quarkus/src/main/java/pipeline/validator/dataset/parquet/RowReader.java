package pipeline.validator.dataset.parquet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.Newest;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * Reads whole rows of one file. A column that is missing or has another type than expected is null in every row. An
 * unreadable file has no rows here; the totals name it.
 */
public final class RowReader {
    private final ParquetFile file;
    private final Optional<Column> id;
    private final Optional<Column> ts;
    private final Optional<Column> value;
    private final Optional<Column> source;
    private final Optional<Column> partition;
    private final Optional<Column> offset;

    private RowReader(ParquetFile file) {
        this.file = file;
        id = file.idColumn();
        ts = file.column(Event.TS, Column::isTimestamp);
        value = file.column(Event.VALUE, Column::isNumber);
        source = file.column(Event.SOURCE, Column::isText);
        partition = file.column(OutputTree.KAFKA_PARTITION, Column::isWhole);
        offset = file.column(OutputTree.KAFKA_OFFSET, Column::isWhole);
    }

    private List<Column> columns() {
        return Stream.of(id, ts, value, source, partition, offset)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns the file's first rows, in the file's order. */
    public static List<Row> first(Storage storage, String path, int limit) {
        return read(storage, path, file -> {
            RowReader reader = new RowReader(file);
            List<Row> rows = new ArrayList<>();
            file.forEachRow(reader.columns(), limit, () -> rows.add(reader.row()));
            return rows;
        });
    }

    /** Adds the rows with the latest ts, as many as fit. */
    public static void addNewest(Storage storage, String path, Newest<Row> newest) {
        read(storage, path, file -> {
            RowReader reader = new RowReader(file);
            file.forEachRow(reader.columns(), file.rows(), () -> newest.add(reader.row()));
            return List.of();
        });
    }

    private static List<Row> read(Storage storage, String path, ParquetFile.Reading<Collection<Row>> reading) {
        try {
            return List.copyOf(ParquetFile.read(storage, path, reading));
        } catch (UnreadableFileException e) {
            return List.of();
        }
    }

    private Row row() {
        return new Row(
                file.folder().isPresent() ? file.folder().get().id() : valueOf(id, RowReader::wholeInt),
                valueOf(ts, column -> Instant.EPOCH.plus(column.micros(), ChronoUnit.MICROS)),
                valueOf(value, Column::number),
                valueOf(source, Column::text),
                valueOf(partition, RowReader::wholeInt),
                valueOf(offset, Column::whole));
    }

    private static int wholeInt(Column column) {
        return Math.toIntExact(column.whole());
    }

    private static <T> T valueOf(Optional<Column> column, Function<Column, T> read) {
        return column.isPresent() && column.get().hasValue() ? read.apply(column.get()) : null;
    }
}

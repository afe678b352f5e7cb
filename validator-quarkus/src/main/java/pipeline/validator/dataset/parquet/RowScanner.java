package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Aggregates any file with Parquet's own readers, row by row. */
final class RowScanner {
    private final ParquetFile file;
    private final Tallies tallies = new Tallies();
    private final Column value;
    /** Null if the folder names the id. */
    private final Column id;
    /** The tally of the folder's id, or null. */
    private final Tally single;
    /** Null if the file has none. */
    private final Column ts;

    static FileTotals scan(SeekableByteChannel channel, long bytes, String path) throws IOException {
        return ParquetFile.read(channel, bytes, path, file -> new RowScanner(file).totals());
    }

    private RowScanner(ParquetFile file) throws UnreadableFileException {
        this.file = file;
        value = valueColumn();
        id = file.folder().isPresent() ? null : requiredIdColumn();
        single = file.folder().map(folder -> tallies.of(folder.id())).orElse(null);
        ts = file.column(Event.TS, Column::isTimestamp).orElse(null);
    }

    private Column valueColumn() throws UnreadableFileException {
        if (file.type(Event.VALUE).isEmpty()) {
            throw new UnreadableFileException("it has no column " + Event.VALUE);
        }
        return file.column(Event.VALUE, Column::isNumber)
                .orElseThrow(() -> new UnreadableFileException("its column " + Event.VALUE + " is "
                        + file.type(Event.VALUE).orElseThrow() + ", not a number"));
    }

    private Column requiredIdColumn() throws UnreadableFileException {
        return file.idColumn()
                .orElseThrow(() -> new UnreadableFileException("neither a folder " + OutputTree.ID_PREFIX
                        + "… nor a column of whole numbers names the " + Event.ID));
    }

    private FileTotals totals() throws IOException {
        List<Column> columns = Stream.of(value, id, ts).filter(Objects::nonNull).toList();
        file.forEachRow(columns, file.rows(), this::addRow);
        boolean hasOffsets = file.type(OutputTree.KAFKA_PARTITION).isPresent()
                && file.type(OutputTree.KAFKA_OFFSET).isPresent();
        return new FileTotals(tallies, file.bytes(), hasOffsets, SchemaRules.problems(file));
    }

    private void addRow() {
        Tally tally = single == null ? tallies.of(id.hasValue() ? (int) id.number() : null) : single;
        if (value.hasValue()) {
            tally.addValue(value.number());
        } else {
            tally.addNullValues(1);
        }
        if (ts != null) {
            if (ts.hasValue()) {
                tally.addTs(ts.micros());
            } else {
                tally.addNullTs(1);
            }
        }
    }
}

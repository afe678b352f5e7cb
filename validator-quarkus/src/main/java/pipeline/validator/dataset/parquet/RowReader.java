package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.FolderId;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads whole rows of one file, in the file's order. */
public final class RowReader {
    private RowReader() {}

    /**
     * Returns the file's first rows.
     *
     * @param folder the id that the file's folder names; without one the file's own {@code id} column counts
     */
    public static List<Row> first(SeekableByteChannel file, Optional<FolderId> folder, int limit)
            throws UnreadableFileException {
        return ParquetFiles.read(file, reader -> read(reader, folder, limit));
    }

    /**
     * Returns the file's rows with the latest ts, in no particular order; rows without one count as the oldest.
     *
     * @param folder the id that the file's folder names; without one the file's own {@code id} column counts
     */
    public static List<Row> newest(SeekableByteChannel file, Optional<FolderId> folder, int limit)
            throws UnreadableFileException {
        return ParquetFiles.read(file, reader -> {
            Columns columns = new Columns(reader, folder);
            PriorityQueue<Row> newest = new PriorityQueue<>(Row.BY_TS);
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                columns.start(ParquetFiles.columns(reader, pages));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    newest.add(columns.row());
                    if (newest.size() > limit) {
                        newest.remove();
                    }
                }
            }
            return List.copyOf(newest);
        });
    }

    private static List<Row> read(ParquetFileReader reader, Optional<FolderId> folder, int limit) throws IOException {
        Columns columns = new Columns(reader, folder);
        List<Row> rows = new ArrayList<>();
        while (rows.size() < limit) {
            PageReadStore pages = reader.readNextRowGroup();
            if (pages == null) {
                break;
            }
            columns.start(ParquetFiles.columns(reader, pages));
            long count = Math.min(pages.getRowCount(), limit - rows.size());
            for (long row = 0; row < count; row++) {
                rows.add(columns.row());
            }
        }
        return rows;
    }

    /** The columns of a row, each of which may be missing or of another type than expected, and is null then. */
    private static final class Columns {
        private final List<Cell<?>> cells = new ArrayList<>();
        private final Cell<Integer> id;
        private final Cell<Instant> ts;
        private final Cell<Double> value;
        private final Cell<String> source;
        private final Cell<Integer> partition;
        private final Cell<Long> offset;

        Columns(ParquetFileReader reader, Optional<FolderId> folder) {
            id = folder.<Cell<Integer>>map(known -> new Cell<>(known.id()))
                    .orElseGet(() -> cell(reader, Event.ID, Columns::intValue));
            ts = cell(reader, Event.TS, Columns::tsValue);
            value = cell(reader, Event.VALUE, type -> NumberColumn.of(type).map(number -> number::number));
            source = cell(reader, Event.SOURCE, Columns::textValue);
            partition = cell(reader, OutputTree.KAFKA_PARTITION, Columns::intValue);
            offset = cell(reader, OutputTree.KAFKA_OFFSET, Columns::longValue);
            ParquetFiles.request(reader, cells.stream().map(cell -> cell.column).toList());
        }

        private <T> Cell<T> cell(ParquetFileReader reader, String name, ValueOfType<T> values) {
            Optional<ColumnDescriptor> column = ParquetFiles.column(reader, name);
            Optional<Value<T>> reading = column.flatMap(known -> values.of(known.getPrimitiveType()));
            if (reading.isEmpty()) {
                return new Cell<>(null);
            }
            Cell<T> cell = new Cell<>(column.get(), reading.get());
            cells.add(cell);
            return cell;
        }

        void start(ColumnReadStore rowGroup) {
            cells.forEach(cell -> cell.reader = rowGroup.getColumnReader(cell.column));
        }

        Row row() {
            return new Row(id.next(), ts.next(), value.next(), source.next(), partition.next(), offset.next());
        }

        private static Optional<Value<Integer>> intValue(PrimitiveType type) {
            return longValue(type).map(value -> column -> Math.toIntExact(value.of(column)));
        }

        private static Optional<Value<Long>> longValue(PrimitiveType type) {
            if (!NumberColumn.isWhole(type)) {
                return Optional.empty();
            }
            return type.getPrimitiveTypeName() == PrimitiveTypeName.INT64
                    ? Optional.of(ColumnReader::getLong)
                    : Optional.of(column -> (long) column.getInteger());
        }

        private static Optional<Value<Instant>> tsValue(PrimitiveType type) {
            return TimestampColumn.of(type)
                    .map(timestamps -> column -> Instant.EPOCH.plus(timestamps.micros(column), ChronoUnit.MICROS));
        }

        private static Optional<Value<String>> textValue(PrimitiveType type) {
            return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                    ? Optional.of(column -> column.getBinary().toStringUsingUTF8())
                    : Optional.empty();
        }
    }

    private interface Value<T> {
        T of(ColumnReader column);
    }

    private interface ValueOfType<T> {
        Optional<Value<T>> of(PrimitiveType type);
    }

    /** One column, from which a value is read a row; or the same value for all rows. */
    private static final class Cell<T> {
        private final T constant;
        private final ColumnDescriptor column;
        private final Value<T> value;
        private ColumnReader reader;

        Cell(T constant) {
            this.constant = constant;
            this.column = null;
            this.value = null;
        }

        Cell(ColumnDescriptor column, Value<T> value) {
            this.constant = null;
            this.column = column;
            this.value = value;
        }

        T next() {
            if (column == null) {
                return constant;
            }
            T read = reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel() ? value.of(reader) : null;
            reader.consume();
            return read;
        }
    }
}

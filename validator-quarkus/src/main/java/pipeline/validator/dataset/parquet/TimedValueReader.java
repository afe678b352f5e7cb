package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import pipeline.events.Event;
import pipeline.validator.dataset.content.FolderId;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads the values of one file with their times. Rows without a ts are left out. */
public final class TimedValueReader {
    private TimedValueReader() {}

    /** Takes one row after the other. */
    public interface Rows {
        /** @param value NaN when the row has none */
        void add(Integer id, long tsMicros, double value);
    }

    /** @param folder the id that the file's folder names; without one the file's own {@code id} column counts */
    public static void read(SeekableByteChannel file, Optional<FolderId> folder, Rows rows)
            throws UnreadableFileException {
        ParquetFiles.read(file, reader -> {
            Optional<ColumnDescriptor> ts = ParquetFiles.column(reader, Event.TS);
            Optional<ColumnDescriptor> value = ParquetFiles.column(reader, Event.VALUE);
            Optional<TimestampColumn> timestamps = ts.flatMap(column -> TimestampColumn.of(column.getPrimitiveType()));
            Optional<NumberColumn> numbers = value.flatMap(column -> NumberColumn.of(column.getPrimitiveType()));
            if (timestamps.isPresent() && numbers.isPresent()) {
                Columns columns = new Columns(
                        reader, ts.get(), timestamps.get(), value.get(), numbers.get(), id(reader, folder), folder);
                columns.read(rows);
            }
            return null;
        });
    }

    private static Optional<ColumnDescriptor> id(ParquetFileReader reader, Optional<FolderId> folder) {
        return folder.isPresent()
                ? Optional.empty()
                : ParquetFiles.column(reader, Event.ID)
                        .filter(column -> NumberColumn.isWhole(column.getPrimitiveType()));
    }

    private record Columns(
            ParquetFileReader reader,
            ColumnDescriptor ts,
            TimestampColumn timestamps,
            ColumnDescriptor value,
            NumberColumn numbers,
            Optional<ColumnDescriptor> id,
            Optional<FolderId> folder) {

        void read(Rows rows) throws IOException {
            List<ColumnDescriptor> columns = new ArrayList<>(List.of(ts, value));
            id.ifPresent(columns::add);
            ParquetFiles.request(reader, columns);
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                read(ParquetFiles.columns(reader, pages), pages.getRowCount(), rows);
            }
        }

        private void read(ColumnReadStore columns, long count, Rows rows) {
            ColumnReader tsReader = columns.getColumnReader(ts);
            ColumnReader valueReader = columns.getColumnReader(value);
            ColumnReader idReader = id.map(columns::getColumnReader).orElse(null);
            Integer folderId = folder.map(FolderId::id).orElse(null);
            for (long row = 0; row < count; row++) {
                if (isPresent(tsReader, ts)) {
                    Integer rowId = idReader == null ? folderId : idOf(idReader);
                    double number = isPresent(valueReader, value) ? numbers.number(valueReader) : Double.NaN;
                    rows.add(rowId, timestamps.micros(tsReader), number);
                }
                tsReader.consume();
                valueReader.consume();
                if (idReader != null) {
                    idReader.consume();
                }
            }
        }

        private static Integer idOf(ColumnReader column) {
            return isPresent(column, column.getDescriptor())
                    ? Integer.valueOf(
                            (int) NumberColumn.of(column.getDescriptor().getPrimitiveType())
                                    .orElseThrow()
                                    .number(column))
                    : null;
        }

        private static boolean isPresent(ColumnReader column, ColumnDescriptor descriptor) {
            return column.getCurrentDefinitionLevel() == descriptor.getMaxDefinitionLevel();
        }
    }
}

package pipeline.validator.dataset.parquet;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pipeline.events.Event;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads the values of one file with their times. Leaves out rows without a ts. */
public final class TimedValueReader {
    private TimedValueReader() {}

    public interface Rows {
        /** @param value NaN if the row has none */
        void add(Object id, long tsMicros, double value);
    }

    public static void read(Storage storage, String path, Rows rows) throws UnreadableFileException {
        ParquetFile.read(storage, path, file -> {
            Optional<Column> ts = file.column(Event.TS, Column::isTimestamp);
            Optional<Column> value = file.column(Event.VALUE, Column::isNumber);
            if (ts.isPresent() && value.isPresent()) {
                Column id = file.idColumn().orElse(null);
                Integer folderId = file.folder().map(ParquetFile.FolderId::id).orElse(null);
                List<Column> columns = Stream.concat(Stream.of(ts.get(), value.get()), Stream.ofNullable(id))
                        .toList();
                file.forEachRow(columns, file.rows(), () -> {
                    if (ts.get().hasValue()) {
                        rows.add(
                                id == null ? folderId : id(id),
                                ts.get().micros(),
                                value.get().hasValue() ? value.get().number() : Double.NaN);
                    }
                });
            }
            return null;
        });
    }

    private static Integer id(Column column) {
        return column.hasValue() ? Integer.valueOf((int) column.number()) : null;
    }
}

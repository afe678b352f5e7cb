package pipeline.validator.dataset.parquet.event;

import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.parquet.ParquetFile;
import pipeline.validator.dataset.parquet.TimedValueReader.Rows;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads the values of events with their times, from one file. Leaves out events without a time. */
public final class TimedEventReader {
    private TimedEventReader() {}

    /** Passes on NaN for each event if events are only counted. */
    public static void read(Storage storage, String path, EventSchema schema, Rows rows)
            throws UnreadableFileException {
        ParquetFile.open(
                storage,
                path,
                (channel, bytes) -> ParquetFile.readEvents(channel, bytes, file -> {
                    EventReader reader = new EventReader(file, schema, FolderValues.of(path, schema));
                    reader.forEachRow(() -> {
                        if (reader.hasTime()) {
                            boolean hasValue = reader.readsValues() && reader.hasValue();
                            rows.add(reader.group(), reader.micros(), hasValue ? reader.value() : Double.NaN);
                        }
                    });
                    return null;
                }));
    }
}

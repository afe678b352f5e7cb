package pipeline.validator.dataset.parquet.event;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.parquet.ParquetFile;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Aggregates one file of events with a schema. */
public final class EventScanner {
    private final ParquetFile file;
    private final EventSchema schema;
    private final EventReader reader;
    private final Optional<GroupRules> groups;
    private final Tallies tallies;
    private long badRowsOfRest;

    /** @param run the tallies that those of the file will be added to */
    public static FileTotals scan(Storage storage, String path, EventSchema schema, Tallies run)
            throws UnreadableFileException {
        return ParquetFile.open(
                storage,
                path,
                (channel, bytes) -> ParquetFile.readEvents(
                        channel, bytes, file -> new EventScanner(file, path, schema, run).totals()));
    }

    private EventScanner(ParquetFile file, String path, EventSchema schema, Tallies run)
            throws UnreadableFileException {
        this.file = file;
        this.schema = schema;
        reader = new EventReader(file, schema, FolderValues.of(path, schema));
        groups = EventFields.group(schema).map(GroupRules::new);
        tallies = run.ofFile(EventFields.valueBounds(schema));
    }

    private FileTotals totals() throws IOException {
        reader.forEachRow(this::addRow);
        boolean hasOffsets = file.type(OutputTree.KAFKA_PARTITION).isPresent()
                && file.type(OutputTree.KAFKA_OFFSET).isPresent();
        return new FileTotals(tallies, file.bytes(), hasOffsets, List.of(), Optional.of(events()));
    }

    private void addRow() {
        Object group = reader.group();
        Tally tally = tallies.of(group);
        if (tallies.isRest(tally) && !isAllowed(group)) {
            badRowsOfRest++;
        }
        if (!reader.readsValues()) {
            tally.addRows(1);
        } else if (reader.hasValue()) {
            tally.addValue(reader.value());
        } else {
            tally.addNullValues(1);
        }
        if (reader.hasTime()) {
            tally.addTs(reader.micros());
        } else if (schema.roles().time() != null) {
            // Kafka's timestamp may be missing: Parquet cannot hold every one.
            tally.addNullTs(1);
        }
    }

    private boolean isAllowed(Object group) {
        return groups.isEmpty() || groups.get().allow(group);
    }

    private EventTotals events() {
        EventTotals events = new EventTotals(badRowsOfRest, List.of());
        for (Map.Entry<Object, Tally> group : tallies.byId().entrySet()) {
            if (!isAllowed(group.getKey())) {
                events = events.plus(new EventTotals(group.getValue().rows(), List.of(String.valueOf(group.getKey()))));
            }
        }
        return events;
    }
}

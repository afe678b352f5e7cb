package pipeline.validator.dataset.parquet.event;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.parquet.ParquetFile;
import pipeline.validator.dataset.parquet.grouped.EventColumns;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Aggregates one file of events with a schema. */
public final class EventScanner {
    private final ParquetFile file;
    private final String path;
    private final EventSchema schema;
    private final Map<String, Object> folders;
    private final Tallies run;
    private final Optional<GroupRules> groups;
    private Tallies tallies;
    private long badRowsOfRest;

    /** @param run the tallies that those of the file will be added to */
    public static FileTotals scan(Storage storage, String path, EventSchema schema, Tallies run)
            throws UnreadableFileException {
        return ParquetFile.open(
                storage,
                path,
                (channel, bytes) -> ParquetFile.readEvents(
                        channel, bytes, file -> new EventScanner(file, path, schema, run).totals(channel)));
    }

    private EventScanner(ParquetFile file, String path, EventSchema schema, Tallies run)
            throws UnreadableFileException {
        this.file = file;
        this.schema = schema;
        this.path = path;
        folders = FolderValues.of(path, schema);
        this.run = run;
        groups = EventFields.group(schema).map(GroupRules::new);
    }

    private FileTotals totals(SeekableByteChannel channel) throws IOException {
        EventReader reader = new EventReader(file, schema, folders);
        tallies = run.ofFile(EventFields.valueBounds(schema));
        Optional<EventColumns> columns =
                EventColumns.scan(channel, file.bytes(), reader.names(), reader.groupOfFolder(), tallies);
        if (columns.isEmpty()) {
            tallies = run.ofFile(EventFields.valueBounds(schema));
            reader.forEachRow(() -> addRow(reader));
        } else if (tallies.rest().isPresent()) {
            badRowsOfRest = columns.get().rowsOf(group -> tallies.isInRest(group) && !isAllowed(group));
        }
        boolean hasOffsets = file.type(OutputTree.KAFKA_PARTITION).isPresent()
                && file.type(OutputTree.KAFKA_OFFSET).isPresent();
        return new FileTotals(tallies, file.bytes(), hasOffsets, List.of(), Optional.of(events()));
    }

    private void addRow(EventReader reader) {
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

    private EventTotals events() throws IOException {
        long badRows = badRowsOfRest;
        List<String> badGroups = new ArrayList<>();
        for (Map.Entry<Object, Tally> group : tallies.byId().entrySet()) {
            if (!isAllowed(group.getKey())) {
                badRows += group.getValue().rows();
                badGroups.add(String.valueOf(group.getKey()));
            }
        }
        Footer footer = new Footer(file, schema, folders);
        return new EventTotals(
                file.rows(),
                badRows,
                badGroups.stream().limit(Sample.NAMED).toList(),
                footer.columns(),
                footer.problems().isEmpty()
                        ? Sample.NONE
                        : Sample.NONE.plus(path + ": " + String.join("; ", footer.problems())),
                RescuedReader.read(
                        file,
                        footer.columns().get(OutputTree.RESCUED),
                        OutputTree.batchOf(path).orElse(0)));
    }
}

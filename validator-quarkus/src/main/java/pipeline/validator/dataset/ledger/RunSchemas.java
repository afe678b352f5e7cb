package pipeline.validator.dataset.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.InvalidSchemaException;
import pipeline.events.schema.file.SchemaFile;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * The event schemas of a run, and the batches whose events have them. Any number of threads may use it. It never changes, except
 * that it keeps what it has read.
 */
public final class RunSchemas {
    /**
     * A schema and consecutive batches that have it.
     *
     * @param name under which the run keeps the schema; empty for the built-in one
     */
    public record Batches(Optional<String> name, long first, long last) {}

    private final Storage storage;
    private final String run;
    private final Map<String, EventSchema> read;
    /** By the first of the batches. */
    private final NavigableMap<Long, Batches> batches;

    /** Creates those of a run without records. */
    public RunSchemas(Storage storage, String run) {
        this(storage, run, new ConcurrentHashMap<>(), new TreeMap<>());
    }

    private RunSchemas(
            Storage storage, String run, Map<String, EventSchema> read, NavigableMap<Long, Batches> batches) {
        this.storage = storage;
        this.run = run;
        this.read = read;
        this.batches = batches;
    }

    /** Returns the schemas with the record that follows by number. */
    public RunSchemas plus(LedgerRecord next) {
        NavigableMap<Long, Batches> all = new TreeMap<>(batches);
        Batches last = all.isEmpty() ? null : all.lastEntry().getValue();
        long first = last != null && last.name().equals(next.schema()) ? last.first() : next.seq();
        all.put(first, new Batches(next.schema(), first, next.seq()));
        return new RunSchemas(storage, run, read, all);
    }

    /** Returns whether there are events with a schema. */
    public boolean exist() {
        return batches.values().stream().anyMatch(part -> part.name().isPresent());
    }

    /** Returns which batches have which schema, in their order. */
    public List<Batches> batches() {
        return List.copyOf(batches.values());
    }

    /**
     * Returns the schema of the events in a file; nothing if it is the built-in one.
     *
     * @param path whose name says the batch
     */
    public Optional<EventSchema> of(String path) throws UnreadableFileException {
        OptionalLong batch = OutputTree.batchOf(path);
        Map.Entry<Long, Batches> part = batch.isEmpty() ? null : batches.floorEntry(batch.getAsLong());
        return part == null || part.getValue().name().isEmpty()
                ? Optional.empty()
                : Optional.of(schema(part.getValue().name().get()));
    }

    /** Returns the newest schema that can be read. */
    public Optional<EventSchema> newest() {
        List<Batches> oldestFirst = new ArrayList<>(batches.values());
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            if (oldestFirst.get(i).name().isPresent()) {
                Optional<EventSchema> schema = named(oldestFirst.get(i).name().get());
                if (schema.isPresent()) {
                    return schema;
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the schema of this name; nothing if it cannot be read. */
    public Optional<EventSchema> named(String name) {
        try {
            return Optional.of(schema(name));
        } catch (UnreadableFileException e) {
            return Optional.empty(); // each file with this schema says so
        }
    }

    private EventSchema schema(String name) throws UnreadableFileException {
        EventSchema known = read.get(name);
        if (known != null) {
            return known;
        }
        String path = run + "/" + OutputTree.SCHEMAS + "/" + name + OutputTree.RECORD_SUFFIX;
        EventSchema schema = parsed(path);
        if (!schema.storedName().equals(Optional.of(name))) {
            throw new UnreadableFileException(
                    "its schema " + path + " has another text than the one that it is named after");
        }
        read.put(name, schema);
        return schema;
    }

    private EventSchema parsed(String path) throws UnreadableFileException {
        try {
            return SchemaFile.parse(path, storage.read(path));
        } catch (IOException e) {
            throw new UnreadableFileException("its schema " + path + " can't be read: " + e.getMessage(), e);
        } catch (InvalidSchemaException e) {
            throw new UnreadableFileException("its schema can't be used: " + e.getMessage(), e);
        }
    }
}

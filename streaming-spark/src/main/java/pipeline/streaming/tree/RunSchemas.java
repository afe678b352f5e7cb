package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.change.SchemaChange;
import pipeline.events.schema.file.InvalidSchemaException;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.publish.Batch;

/** The schemas of a run's batches. Each is stored once, under the hash of its text, before a batch with it is prepared. */
record RunSchemas(RunLayout layout, EventSchema schema) {

    /** Stores the schema of the batches to come, unless the run has it. */
    void store() throws IOException {
        if (schema.storedName().isPresent()) {
            Path target = layout.schema(schema.storedName().get());
            if (!Files.exists(target)) {
                AtomicFiles.createFolders(target.getParent());
                Path aside = layout.staging().resolve(target.getFileName() + "-" + UUID.randomUUID() + ".schema");
                AtomicFiles.write(target, aside, schema.text().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /**
     * Checks that the run can continue with this schema.
     *
     * @param last the run's newest batch
     * @throws CannotContinueException naming what has changed if it cannot
     */
    void requireContinuable(Optional<Batch> last) throws IOException {
        if (last.isEmpty() || last.get().schema().equals(schema.storedName())) {
            return;
        }
        if (schema.isBuiltIn()) {
            throw new CannotContinueException("Run " + layout.runId() + " has events of the schema "
                    + layout.schema(last.get().schema().get()) + ", and the job has none; set " + Settings.RUN_ID
                    + " to a new name");
        }
        if (last.get().schema().isEmpty()) {
            throw new CannotContinueException("Run " + layout.runId() + " has events without a schema, and the job has "
                    + schema.file() + "; set " + Settings.RUN_ID + " to a new name");
        }
        Optional<String> problem =
                SchemaChange.problem(stored(last.get().schema().get()), schema);
        if (problem.isPresent()) {
            throw new CannotContinueException(schema.file() + ": " + problem.get());
        }
    }

    private EventSchema stored(String name) throws IOException {
        Path file = layout.schema(name);
        try {
            EventSchema stored = SchemaFile.read(file);
            if (stored.storedName().equals(Optional.of(name))) {
                return stored;
            }
            throw unusable(file + ": its text is not the one that it is named after");
        } catch (InvalidSchemaException e) {
            throw unusable(e.getMessage());
        }
    }

    private static CannotContinueException unusable(String problem) {
        return new CannotContinueException("The schema of the newest batch cannot be used: " + problem
                + ". Restore it from a copy, or set " + Settings.RUN_ID + " to a new name.");
    }
}

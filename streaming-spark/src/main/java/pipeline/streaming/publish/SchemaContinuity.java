package pipeline.streaming.publish;

import java.io.IOException;
import java.util.Optional;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.change.SchemaChange;
import pipeline.events.schema.file.InvalidSchemaException;
import pipeline.events.settings.Settings;
import pipeline.streaming.lifecycle.CannotContinueException;

/**
 * Whether a run continues with the schema of the job.
 *
 * @param schema that of the job
 */
public record SchemaContinuity(String runId, EventSchema schema) {

    /** The schemas of a run's batches, which a sink keeps. */
    public interface KeptSchemas {
        /** Returns where the schema of this name is, for messages. */
        String place(String name);

        /** @throws InvalidSchemaException when it cannot be used */
        EventSchema read(String name) throws IOException;
    }

    /**
     * @param last the run's newest batch
     * @throws CannotContinueException naming what has changed if the run cannot continue
     */
    public void require(Optional<Batch> last, KeptSchemas kept) throws IOException {
        if (last.isEmpty() || last.get().schema().equals(schema.storedName())) {
            return;
        }
        if (schema.isBuiltIn()) {
            throw new CannotContinueException("Run " + runId + " has events of the schema "
                    + kept.place(last.get().schema().get()) + ", and the job has none; set " + Settings.RUN_ID
                    + " to a new name");
        }
        if (last.get().schema().isEmpty()) {
            throw new CannotContinueException("Run " + runId + " has events without a schema, and the job has "
                    + schema.file() + "; set " + Settings.RUN_ID + " to a new name");
        }
        Optional<String> problem =
                SchemaChange.problem(stored(last.get().schema().get(), kept), schema);
        if (problem.isPresent()) {
            throw new CannotContinueException(schema.file() + ": " + problem.get());
        }
    }

    private static EventSchema stored(String name, KeptSchemas kept) throws IOException {
        try {
            EventSchema stored = kept.read(name);
            if (stored.storedName().equals(Optional.of(name))) {
                return stored;
            }
            throw unusable(kept.place(name) + ": its text is not the one that it is named after");
        } catch (InvalidSchemaException e) {
            throw unusable(e.getMessage());
        }
    }

    /** Returns that the schema of the newest batch is not there, or not as it was. */
    public static CannotContinueException unusable(String problem) {
        return new CannotContinueException("The schema of the newest batch cannot be used: " + problem
                + ". Restore it from a copy, or set " + Settings.RUN_ID + " to a new name.");
    }
}

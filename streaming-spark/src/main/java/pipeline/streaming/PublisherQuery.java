package pipeline.streaming;

import pipeline.events.output.LedgerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.settings.Settings.OnDataLoss;

/**
 * Runs the query whose batches are published. Spark's checkpoint is only its working memory: it is thrown away at each start,
 * and the query begins where the ledger ends, so that no state of the checkpoint can lose or double an event.
 */
final class PublisherQuery {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherQuery.class);

    /** For the batch in hand at a stop; {@code ./pipeline} waits for 30 s before it kills. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final SparkSession spark;
    private final KafkaSource source;
    private final KafkaTopic topic;
    private final RunFolders folders;
    private final RunLock lock;
    private final OnDataLoss onDataLoss;

    private final BatchGate gate = new BatchGate(PATIENCE);

    private BatchPublisher publisher;
    private StreamingQuery query;
    private boolean stopped;

    PublisherQuery(
            SparkSession spark,
            KafkaSource source,
            KafkaTopic topic,
            RunFolders folders,
            RunLock lock,
            OnDataLoss onDataLoss) {
        this.spark = spark;
        this.source = source;
        this.topic = topic;
        this.folders = folders;
        this.lock = lock;
        this.onDataLoss = onDataLoss;
    }

    /**
     * Finishes what an earlier job left, then publishes from where the ledger ends.
     *
     * @throws CannotContinueException when a person has to decide first
     */
    void start() throws IOException, InterruptedException, TimeoutException {
        start(whereToGoOn());
    }

    private Position whereToGoOn() throws IOException, InterruptedException {
        Optional<LedgerRecord> last = new RunRecovery(folders, Clock.systemUTC()).recover();
        return Position.of(last, topic.await(), onDataLoss);
    }

    private synchronized void start(Position position) throws IOException, TimeoutException {
        if (stopped) {
            return;
        }
        if (!position.gaps().isEmpty()) {
            LOG.warn(
                    "Going on without {}, which Kafka no longer has; the ledger keeps the gap",
                    Position.describe(position.gaps()));
        }
        publisher = new BatchPublisher(
                folders,
                topic::snapshot,
                spark.sparkContext().hadoopConfiguration(),
                Clock.systemUTC(),
                KillPoint.ofSystemProperty(),
                position);
        DurableFiles.deleteTree(folders.publisherCheckpoint());
        query = source.stream(spark, position.readFrom())
                .writeStream()
                .queryName("publisher")
                .trigger(source.trigger())
                .option("checkpointLocation", folders.publisherCheckpoint().toString())
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) this::publish)
                .start();
    }

    private void publish(Dataset<Row> records, long batchId) throws IOException, InterruptedException {
        gate.pass(() -> publisher.publish(records, untilOf(batchId)));
    }

    private Map<Integer, Long> untilOf(long batchId) {
        String topicName = publisher.position().topic().name();
        return SparkOffsets.untilOf(spark, folders.publisherCheckpoint().toString(), topicName, batchId);
    }

    /** Returns where the next batch begins. */
    Map<Integer, Long> readFrom() {
        return publisher.position().readFrom();
    }

    /**
     * Returns when the query has been stopped. While the broker is away it waits, and goes on from the ledger; so it does when
     * somebody removed Spark's checkpoint.
     *
     * @throws CannotContinueException when a person has to decide first
     * @throws StreamingQueryException when it failed for another reason
     */
    void awaitStop() throws IOException, InterruptedException, TimeoutException, StreamingQueryException {
        while (true) {
            try {
                awaitQuery();
                return;
            } catch (StreamingQueryException e) {
                LOG.warn("Publishing was interrupted: {}", Failures.describe(e));
                Failures.cannotContinue(e).ifPresent(word -> {
                    throw word;
                });
                // These say better than Spark what is wrong with the folders or with the topic.
                lock.requireHeld();
                folders.prepare();
                Position position = whereToGoOn();
                // It differs when partitions were added, events aged out, or a prepared batch was finished.
                boolean sameAgain = position.readFrom().equals(readFrom());
                if (!Failures.isKafkaAway(e) && sameAgain && hasCheckpoint()) {
                    throw e;
                }
                start(position);
                LOG.info("Publishing goes on");
            }
        }
    }

    /** Spark makes the folder of its offset log at a start only. */
    private boolean hasCheckpoint() {
        return Files.isDirectory(folders.publisherCheckpoint().resolve("offsets"));
    }

    private void awaitQuery() throws StreamingQueryException {
        StreamingQuery running;
        synchronized (this) {
            running = query;
        }
        if (running != null) {
            running.awaitTermination();
        }
    }

    /** Lets the batch in hand finish, unless that takes too long, and takes no other one. */
    void stop() throws TimeoutException {
        if (!gate.close()) {
            LOG.warn(
                    "The batch in hand did not end within {} s and is given up; the next start publishes it",
                    PATIENCE.toSeconds());
        }
        synchronized (this) {
            stopped = true;
            if (query != null) {
                query.stop();
            }
        }
    }
}

package pipeline.streaming.publish;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.output.StopVerdict;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.kafka.GroupOffsets;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.BatchGate;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.lifecycle.Checkpoint;
import pipeline.streaming.lifecycle.Failures;
import pipeline.streaming.records.EventsLostException;
import pipeline.streaming.records.TopicLog;
import pipeline.streaming.source.KafkaSource;
import pipeline.streaming.source.SourceState;
import pipeline.streaming.source.SparkOffsets;

/**
 * Runs the query whose batches are published. Spark's checkpoint is only working memory: it is deleted at each start, and the
 * query resumes after the sink's newest commit record. So no state of the checkpoint can lose or duplicate an event.
 */
public final class PublisherQuery {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherQuery.class);

    /** How long a stop waits for the current batch; {@code ./pipeline} kills after 30 s. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

    private final SparkSession spark;
    private final KafkaSource source;
    private final SourceTopic topic;
    private final TopicLog log;
    private final Sink sink;
    private final Checkpoint checkpoint;
    private final OnDataLoss onDataLoss;
    private final GroupOffsets groupOffsets;
    private final PublicationStep.Listener steps;

    private final SourceState state;
    private final PublisherMetrics metrics = new PublisherMetrics();
    private final BatchGate gate = new BatchGate(STOP_TIMEOUT);

    private BatchPublisher publisher;
    private StreamingQuery query;
    private boolean stopped;

    public PublisherQuery(
            SparkSession spark,
            KafkaSource source,
            SourceTopic topic,
            TopicLog log,
            Sink sink,
            OnDataLoss onDataLoss,
            GroupOffsets groupOffsets,
            PublicationStep.Listener steps) {
        this.spark = spark;
        this.source = source;
        this.topic = topic;
        this.log = log;
        this.sink = sink;
        this.onDataLoss = onDataLoss;
        this.groupOffsets = groupOffsets;
        this.steps = steps;
        this.state = source.state(spark, "publisher");
        this.checkpoint = sink.checkpoint(state.query());
        metrics.register();
    }

    /**
     * Finishes the batch that an earlier job left, if any, then publishes from there.
     *
     * @throws CannotContinueException when a person has to decide first
     */
    public void start() throws IOException, InterruptedException, TimeoutException {
        start(resumePoint());
    }

    /** Where to resume, and who led the partitions when that was compared with Kafka. */
    private record Start(ResumePoint point, SourceTopic.Leadership leadership) {}

    private Start resumePoint() throws IOException, InterruptedException {
        Optional<Batch> last = sink.recover();
        Set<Integer> kept = new HashSet<>();
        try {
            Start start = topic.await(now -> {
                ResumePoint point = ResumePoint.of(last, now, onDataLoss);
                kept.addAll(log.requireKept(point.lastRead(), point.committed(), now));
                return new Start(point, now.leadership());
            });
            sink.dropVerdict(kept);
            return start;
        } catch (EventsLostException e) {
            throw kept(e);
        }
    }

    /** Keeps the reason in the sink. Returns it even if that fails, because a person needs to see this reason. */
    private EventsLostException kept(EventsLostException lost) {
        try {
            sink.keep(new StopVerdict(Instant.now(), lost.partitions(), lost.getMessage()));
        } catch (IOException e) {
            LOG.warn("The reason cannot be kept for the validator: {}", Failures.describe(e));
        }
        return lost;
    }

    private synchronized void start(Start from) throws IOException, TimeoutException {
        if (stopped) {
            return;
        }
        ResumePoint start = from.point();
        if (start.isWithoutLastRead()) {
            LOG.info(
                    "The ledger does not say yet which records were read last; from the next batch on it does, and then the"
                            + " job notices if Kafka loses some of them");
        }
        if (!start.gaps().isEmpty()) {
            LOG.warn(
                    "Continuing without {}, which Kafka no longer has; the ledger records the gap",
                    ResumePoint.describe(start.gaps()));
        }
        publisher = new BatchPublisher(sink, log, state.records(), steps, metrics, start, from.leadership());
        groupOffsets.store(start.readFrom());
        checkpoint.delete(hadoop());
        query = source.stream(spark, start.readFrom(), state)
                .writeStream()
                .queryName(state.query())
                .trigger(source.trigger())
                .option("checkpointLocation", checkpoint.location())
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) this::publish)
                .start();
    }

    private void publish(Dataset<Row> records, long batchId) throws IOException, InterruptedException {
        gate.pass(() -> {
            String topicName = publisher.next().topic().name();
            publisher.publish(records, SparkOffsets.untilOf(spark, checkpoint.location(), topicName, batchId));
            groupOffsets.store(readFrom());
        });
    }

    /** Returns the offset at which the next batch starts, for each partition. */
    public Map<Integer, Long> readFrom() {
        return publisher.next().readFrom();
    }

    /**
     * Returns once the query has been stopped for good. While the broker or the sink is unavailable it waits, then resumes from the
     * ledger. It also resumes after {@link #restart}, and when somebody has removed Spark's checkpoint.
     *
     * @throws CannotContinueException when a person has to decide first
     * @throws StreamingQueryException when it failed for another reason
     */
    public void awaitStop() throws IOException, InterruptedException, TimeoutException, StreamingQueryException {
        while (true) {
            try {
                awaitQuery();
                if (isStopped()) {
                    return;
                }
                start(resumePoint());
            } catch (StreamingQueryException e) {
                LOG.warn(
                        "Publishing was interrupted: {}",
                        Failures.isAboutKafka(e) ? topic.explain(e) : Failures.describe(e));
                Optional<CannotContinueException> reason = Failures.cannotContinue(e);
                if (reason.isPresent()) {
                    throw reason.get() instanceof EventsLostException lost ? kept(lost) : reason.get();
                }
                if (Failures.isWithoutRecords(e)) {
                    state.bounds().timedOut();
                }
                // If the output or the topic is the cause, these two calls say so more clearly than Spark.
                sink.requireUsable();
                Start start = resumePoint();
                // The offsets differ when partitions were added, events aged out, or a prepared batch was finished.
                boolean unchanged = start.point().readFrom().equals(readFrom());
                boolean isInterruption = Failures.isAboutKafka(e) || sink.isInterruption(e);
                if (!isInterruption && unchanged && checkpoint.hasOffsets(hadoop())) {
                    throw e;
                }
                start(start);
                LOG.info("Publishing resumes");
            }
        }
    }

    private Configuration hadoop() {
        return spark.sparkContext().hadoopConfiguration();
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

    /** Stops the query after the current batch; {@link #awaitStop} starts it again. */
    public void restart() throws TimeoutException {
        StreamingQuery running;
        synchronized (this) {
            running = query;
        }
        if (running != null) {
            gate.stopBetweenBatches(running::stop);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Starts no further batch, and lets the current one finish unless that takes too long. */
    public void stop() throws TimeoutException {
        if (!gate.close()) {
            LOG.warn(
                    "The current batch did not end within {} s and is abandoned; the next start publishes it",
                    STOP_TIMEOUT.toSeconds());
        }
        synchronized (this) {
            stopped = true;
            if (query != null) {
                query.stop();
            }
        }
    }
}

package pipeline.streaming.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.streaming.decode.DecodedRecords;
import pipeline.streaming.kafka.AnotherTopicException;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.publish.BatchStaging.Staged;
import pipeline.streaming.records.TopicLog;

/**
 * Publishes one batch after another: stages it, checks that it accounts for every offset, and commits it. Readers see each
 * event at most once, no matter when the job dies. Not thread-safe.
 */
public final class BatchPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(BatchPublisher.class);

    private final Sink sink;
    private final TopicLog topic;
    private final DecodedRecords decoded;
    private final PublicationStep.Listener steps;
    private final PublisherMetrics metrics;

    /** Who led the partitions when {@link #next} was compared with Kafka. */
    private SourceTopic.Leadership leadership;

    private volatile ResumePoint next;

    /**
     * @param topic asked in each batch, since the topic may have been replaced after the job started
     * @param decoded the columns of the records, and what the tasks note about them
     * @param start where the first batch starts
     * @param leadership who led the partitions when the start was compared with Kafka
     */
    public BatchPublisher(
            Sink sink,
            TopicLog topic,
            DecodedRecords decoded,
            PublicationStep.Listener steps,
            PublisherMetrics metrics,
            ResumePoint start,
            SourceTopic.Leadership leadership) {
        this.sink = sink;
        this.topic = topic;
        this.decoded = decoded;
        this.steps = steps;
        this.metrics = metrics;
        this.next = start;
        this.leadership = leadership;
    }

    /** Returns where the next batch starts. */
    public ResumePoint next() {
        return next;
    }

    /**
     * Publishes the Kafka records from {@link #next} to the given offsets, or none of them. A batch without offsets writes
     * nothing.
     *
     * @throws CannotContinueException when the staged files do not account for every offset, when Kafka lost records, when
     *     the topic was replaced, or when another job writes the same run
     */
    public void publish(Dataset<Row> records, Map<Integer, Long> until) throws IOException {
        long began = System.nanoTime();
        SortedMap<Integer, OffsetRange> ranges = next.rangesTo(until);
        if (ReadOffsets.of(ranges).length() == 0) {
            return;
        }
        requireSameLog(topic.snapshot());
        BatchStaging staging = new BatchStaging(sink, topic, decoded, steps, next, ranges);
        Staged staged = staging.stage(records);
        SourceTopic.Snapshot now = topic.snapshot();
        while (!requireSameLog(now)) {
            // Part of the batch may come from the old log, and part of it from the new one.
            LOG.info("A partition has another leader, or a broker was restarted: the batch is read again");
            staged.batch().drop();
            staged = staging.stage(records);
            now = topic.snapshot();
        }
        Batch batch = new Batch(next.seq(), next.topic(), decoded.schemaName(), staged.offsets());
        staged.batch().publish(batch);
        next = ResumePoint.after(batch);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        long lag = now.lag(batch.read().until());
        metrics.published(staged.batch(), took, lag);
        log(batch, staged.batch(), took, lag);
    }

    /**
     * Returns whether the topic's logs are certainly those of the last call. If one may have been replaced, first checks that
     * Kafka still has the records that the run has read.
     *
     * @throws CannotContinueException when Kafka no longer has them, or when the topic was replaced
     */
    private boolean requireSameLog(SourceTopic.Snapshot now) {
        AnotherTopicException.requireSame(next.topic(), now.identity());
        if (now.leadership().equals(leadership)) {
            return true;
        }
        topic.requireKept(next.lastRead(), next.committed(), now);
        leadership = now.leadership();
        return false;
    }

    private static void log(Batch batch, StagedBatch published, Duration took, long lag) {
        LOG.info(
                "Batch {}: {} events, {} rows, {} rejected{}, {} s, lag {}",
                batch.seq(),
                batch.read().events(),
                published.rows(),
                published.rejected(),
                batch.read()
                        .absent()
                        .map(absent -> ", " + absent.count() + " offsets without a record")
                        .orElse(""),
                String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0),
                lag);
    }
}

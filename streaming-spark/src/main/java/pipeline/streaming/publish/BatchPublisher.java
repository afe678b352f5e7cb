package pipeline.streaming.publish;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetRange;
import pipeline.events.output.ReadOffsets;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.kafka.TopicIdentity;
import pipeline.streaming.lifecycle.CannotContinueException;

/**
 * Publishes one batch after another: stages it, checks that it accounts for every offset, and commits it. Readers see each
 * event at most once, no matter when the job dies. Not thread-safe.
 */
public final class BatchPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(BatchPublisher.class);

    private final Sink sink;
    private final Supplier<SourceTopic.Snapshot> topic;
    private final Clock clock;
    private final PublicationStep.Listener steps;
    private final PublisherMetrics metrics;

    private volatile ResumePoint next;

    /**
     * @param topic asked in each batch, since the topic may have been replaced after the job started
     * @param start where the first batch starts
     */
    public BatchPublisher(
            Sink sink,
            Supplier<SourceTopic.Snapshot> topic,
            Clock clock,
            PublicationStep.Listener steps,
            PublisherMetrics metrics,
            ResumePoint start) {
        this.sink = sink;
        this.topic = topic;
        this.clock = clock;
        this.steps = steps;
        this.metrics = metrics;
        this.next = start;
    }

    /** Returns where the next batch starts. */
    public ResumePoint next() {
        return next;
    }

    /**
     * Publishes the Kafka records from {@link #next} to the given offsets, or none of them. A batch without events writes
     * nothing.
     *
     * @throws CannotContinueException when the staged files do not account for every offset, when the topic was replaced,
     *     or when another job writes the same run
     */
    public void publish(Dataset<Row> records, Map<Integer, Long> until) throws IOException {
        Instant start = clock.instant();
        SortedMap<Integer, OffsetRange> offsets = next.rangesTo(until);
        long events = ReadOffsets.of(offsets, next.gaps()).events();
        if (events == 0) {
            return;
        }
        StagedBatch staged = sink.stage(next.seq(), records, events);
        steps.reached(PublicationStep.STAGED);
        requireEveryOffset(offsets, events, staged);
        steps.reached(PublicationStep.COUNTED);
        SourceTopic.Snapshot now = topic.get();
        next.topic().requireSame(now.identity());
        LedgerRecord record = staged.publish(record(offsets, events, staged));
        next = ResumePoint.after(record);
        Duration took = Duration.between(start, clock.instant());
        long lag = now.lag(record.until());
        metrics.published(record, took, lag);
        LOG.info(
                "Batch {}: {} events, {} rows, {} rejected, {} s, lag {}",
                record.seq(),
                record.events(),
                record.rows(),
                record.rejected(),
                String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0),
                lag);
    }

    private static void requireEveryOffset(Map<Integer, OffsetRange> offsets, long events, StagedBatch staged) {
        if (staged.rows() + staged.rejected() != events) {
            throw new CannotContinueException(
                    "Kafka has " + events + " events at offsets " + offsets + ", but Spark read "
                            + staged.rows() + " valid and " + staged.rejected()
                            + " rejected ones. The topic must keep every offset: cleanup.policy=delete, no transactions.");
        }
    }

    private LedgerRecord record(SortedMap<Integer, OffsetRange> offsets, long events, StagedBatch staged) {
        TopicIdentity source = next.topic();
        return new LedgerRecord(
                next.seq(),
                null,
                source.name(),
                source.topicId(),
                source.clusterId(),
                ReadOffsets.of(offsets, next.gaps()),
                events,
                staged.rows(),
                staged.rejected(),
                staged.files(),
                staged.rejectedFiles());
    }
}

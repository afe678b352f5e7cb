package pipeline.streaming;

import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetRange;
import pipeline.events.output.PreparedBatch;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes batches in two phases: stage and count, then prepare, publish, commit. A reader of the run's folder sees whole
 * files only, and each event at most once, whenever the job dies. Not for use by several threads.
 */
final class BatchPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(BatchPublisher.class);

    private final RunFolders folders;
    private final Supplier<KafkaTopic.Snapshot> topic;
    private final Configuration hadoop;
    private final Clock clock;
    private final PublicationStep.Listener steps;
    private final Publication publication;

    private volatile Position position;

    /**
     * @param topic looked at in each batch: it may have become another one since the job started
     * @param position where the first batch begins
     */
    BatchPublisher(
            RunFolders folders,
            Supplier<KafkaTopic.Snapshot> topic,
            Configuration hadoop,
            Clock clock,
            PublicationStep.Listener steps,
            Position position) {
        this.folders = folders;
        this.topic = topic;
        this.hadoop = hadoop;
        this.clock = clock;
        this.steps = steps;
        this.publication = new Publication(folders, clock, steps);
        this.position = position;
    }

    /** Returns where the next batch begins. */
    Position position() {
        return position;
    }

    /**
     * Publishes the Kafka records from the current position to the given offsets, or none of them. A batch without events
     * leaves no trace.
     *
     * @throws CannotContinueException when the staged files do not account for each of these offsets, when the topic has
     *     become another one, or when another job writes the same run
     */
    void publish(Dataset<Row> records, Map<Integer, Long> until) throws IOException {
        Instant start = clock.instant();
        SortedMap<Integer, OffsetRange> offsets = position.rangesTo(until);
        long events = LedgerRecord.events(offsets, position.gaps());
        if (events == 0) {
            return;
        }
        StagedBatch staged = new StagedBatch(folders, position.seq());
        staged.write(records, events, hadoop);
        steps.reached(PublicationStep.STAGED);
        requireEveryOffset(offsets, events, staged);
        steps.reached(PublicationStep.COUNTED);
        KafkaTopic.Snapshot now = topic.get();
        position.topic().requireSame(now.identity());
        LedgerRecord record = publication.publish(new PreparedBatch(record(offsets, events, staged), staged.sources()));
        position = Position.behind(record);
        LOG.info(
                "Batch {}: {} events, {} rows, {} rejected, {} s, lag {}",
                record.seq(),
                record.events(),
                record.rows(),
                record.rejected(),
                String.format("%.1f", Duration.between(start, clock.instant()).toMillis() / 1000.0),
                now.lag(record.until()));
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
        return new LedgerRecord(
                position.seq(),
                null,
                position.topic().name(),
                position.topic().topicId(),
                position.topic().clusterId(),
                offsets,
                position.gaps(),
                events,
                staged.rows(),
                staged.rejected(),
                staged.files(),
                staged.rejectedFiles());
    }
}

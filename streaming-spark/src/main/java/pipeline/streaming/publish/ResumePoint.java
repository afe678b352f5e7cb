package pipeline.streaming.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pipeline.events.Timestamps;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.settings.Settings;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.kafka.AnotherTopicException;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.records.EventsLostException;

/**
 * Where a run resumes.
 *
 * @param seq number of the next batch
 * @param topic the topic that the run reads
 * @param committed the next offset to commit, for each partition of the run or the topic
 * @param gaps offsets after these that Kafka no longer has
 * @param lastRead the last record that the run has read in each partition, as far as the ledger says
 */
public record ResumePoint(
        long seq,
        TopicIdentity topic,
        Map<Integer, Long> committed,
        List<OffsetGap> gaps,
        SortedMap<Integer, RecordIdentity> lastRead) {

    static ResumePoint after(Batch batch) {
        return new ResumePoint(
                batch.seq() + 1,
                batch.topic(),
                batch.read().until(),
                List.of(),
                batch.read().lastRead());
    }

    /**
     * Returns where to resume: after the last batch, and at 0 in partitions that were added since. A new run starts with what
     * Kafka still has.
     *
     * @throws EventsLostException when Kafka ends before the ledger does
     * @throws CannotContinueException when the ledger and the topic do not belong together, or when events aged out and
     *     the setting says to stop then
     */
    public static ResumePoint of(Optional<Batch> last, SourceTopic.Snapshot topic, OnDataLoss onDataLoss) {
        if (last.isEmpty()) {
            return new ResumePoint(0, topic.identity(), topic.beginnings(), List.of(), new TreeMap<>());
        }
        ResumePoint after = after(last.get());
        after.requireWithin(topic);
        Map<Integer, Long> committed = new TreeMap<>(after.committed);
        topic.beginnings().keySet().forEach(partition -> committed.putIfAbsent(partition, 0L));
        List<OffsetGap> gaps = gaps(committed, topic.beginnings());
        if (!gaps.isEmpty() && onDataLoss == OnDataLoss.STOP) {
            throw new CannotContinueException("Kafka no longer has offsets of topic "
                    + topic.identity().name() + " that were not read yet: " + describe(gaps)
                    + ". Set " + Settings.ON_DATA_LOSS
                    + "=record to continue without them; the ledger then records the gap.");
        }
        return new ResumePoint(after.seq, after.topic.updatedBy(topic.identity()), committed, gaps, after.lastRead);
    }

    private void requireWithin(SourceTopic.Snapshot now) {
        AnotherTopicException.requireSame(topic, now.identity());
        SortedMap<Integer, String> lost = new TreeMap<>();
        committed.forEach((partition, until) -> {
            String read = "partition " + partition + " was read up to offset " + until;
            Long end = now.highWatermarks().get(partition);
            if (end == null) {
                throw new AnotherTopicException(topic, read + ", but does not exist");
            }
            if (end < until) {
                lost.put(partition, read + lastRecord(partition) + ", but ends at " + end + " now");
            }
        });
        if (!lost.isEmpty()) {
            throw new EventsLostException(lost);
        }
        requireNoOpenTransactionBefore(now.ends());
    }

    private String lastRecord(int partition) {
        RecordIdentity last = lastRead.get(partition);
        return last == null
                ? ""
                : ", the last record of " + Timestamps.format(Instant.ofEpochMilli(last.timestamp())) + " at offset "
                        + last.offset();
    }

    /** Older versions of the job read events of open transactions, too. */
    private void requireNoOpenTransactionBefore(Map<Integer, Long> stable) {
        committed.forEach((partition, until) -> {
            if (stable.get(partition) < until && !lastRead.containsKey(partition)) {
                throw new CannotContinueException("Partition " + partition + " was read up to offset " + until
                        + " by an older version of the job, but a transaction has been open since offset "
                        + stable.get(partition) + ". Start the job again once this transaction has ended.");
            }
        });
    }

    private static List<OffsetGap> gaps(Map<Integer, Long> committed, Map<Integer, Long> beginnings) {
        List<OffsetGap> gaps = new ArrayList<>();
        committed.forEach((partition, from) -> {
            long beginning = beginnings.get(partition);
            if (beginning > from) {
                gaps.add(new OffsetGap(partition, from, beginning, "aged out before it was read"));
            }
        });
        return gaps;
    }

    /** Returns for example {@code partition 0 offsets 100 to 149, partition 1 offsets 7 to 56}. */
    static String describe(List<OffsetGap> gaps) {
        return gaps.stream()
                .map(gap -> "partition " + gap.partition() + " offsets " + gap.from() + " to " + (gap.until() - 1))
                .collect(Collectors.joining(", "));
    }

    /** Returns the offset at which to read each partition: after the gap where there is one. */
    public Map<Integer, Long> readFrom() {
        Map<Integer, Long> from = new TreeMap<>(committed);
        gaps.forEach(gap -> from.put(gap.partition(), gap.until()));
        return from;
    }

    /** Returns whether the ledger does not say what was read last, because an older version of the job wrote it. */
    boolean isWithoutLastRead() {
        return seq > 0 && lastRead.isEmpty();
    }

    /** Returns the offsets of a batch that ends at these. A partition that the run does not have yet starts at 0. */
    SortedMap<Integer, OffsetRange> rangesTo(Map<Integer, Long> until) {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        until.forEach(
                (partition, end) -> ranges.put(partition, new OffsetRange(committed.getOrDefault(partition, 0L), end)));
        return ranges;
    }
}

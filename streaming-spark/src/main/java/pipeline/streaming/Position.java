package pipeline.streaming;

import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetGap;
import pipeline.events.output.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.settings.Settings.OnDataLoss;

/**
 * Where a run goes on.
 *
 * @param seq number of the next batch
 * @param topic the topic that the run belongs to
 * @param committed offset behind the last committed one, for each partition that the run or the topic has
 * @param gaps offsets from there on that Kafka no longer has
 */
record Position(long seq, TopicIdentity topic, Map<Integer, Long> committed, List<OffsetGap> gaps) {

    static Position behind(LedgerRecord record) {
        return new Position(record.seq() + 1, TopicIdentity.of(record), record.until(), List.of());
    }

    /**
     * Returns where to go on: behind the last record, and at the beginning of partitions that it does not know.
     *
     * @throws CannotContinueException when the ledger and the topic do not belong together, or when events aged out and
     *     that is to stop the job
     */
    static Position of(Optional<LedgerRecord> last, KafkaTopic.Snapshot topic, OnDataLoss onDataLoss) {
        if (last.isEmpty()) {
            return new Position(0, topic.identity(), topic.beginnings(), List.of());
        }
        Position behind = behind(last.get());
        behind.requireWithin(topic);
        Map<Integer, Long> committed = new TreeMap<>(topic.beginnings());
        committed.putAll(behind.committed);
        List<OffsetGap> gaps = gaps(committed, topic.beginnings());
        if (!gaps.isEmpty() && onDataLoss == OnDataLoss.STOP) {
            throw new CannotContinueException("Kafka no longer has offsets of topic "
                    + topic.identity().name() + " that were not read yet: " + describe(gaps)
                    + ". Set ON_DATA_LOSS=record to go on without them; the ledger then keeps the gap.");
        }
        return new Position(behind.seq, behind.topic, committed, gaps);
    }

    private void requireWithin(KafkaTopic.Snapshot now) {
        topic.requireSame(now.identity());
        committed.forEach((partition, until) -> {
            Long end = now.ends().get(partition);
            if (end == null || end < until) {
                throw topic.isAnother("partition " + partition + " was read up to offset " + until + ", but "
                        + (end == null ? "is not there" : "ends at " + end));
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
        return String.join(
                ", ",
                gaps.stream()
                        .map(gap ->
                                "partition " + gap.partition() + " offsets " + gap.from() + " to " + (gap.until() - 1))
                        .toList());
    }

    /** Returns the offset at which each partition is to be read on: behind the gap where there is one. */
    Map<Integer, Long> readFrom() {
        Map<Integer, Long> from = new TreeMap<>(committed);
        gaps.forEach(gap -> from.put(gap.partition(), gap.until()));
        return from;
    }

    /** Returns what a batch that ends there takes; a partition that was added to the topic since begins at 0. */
    SortedMap<Integer, OffsetRange> rangesTo(Map<Integer, Long> until) {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        until.forEach(
                (partition, end) -> ranges.put(partition, new OffsetRange(committed.getOrDefault(partition, 0L), end)));
        return ranges;
    }
}

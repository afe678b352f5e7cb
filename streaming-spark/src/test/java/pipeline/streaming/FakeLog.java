package pipeline.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.offsets.TopicIdentity;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.kafka.SourceTopic.Leadership;
import pipeline.streaming.records.EventsLostException;
import pipeline.streaming.records.TopicLog;

/** Kafka for tests: every offset has a record, unless it is said to be absent. */
public final class FakeLog implements TopicLog {
    /** How often {@link #requireKept} was called. */
    public int comparisons;

    /** Partitions whose records are no longer those that were read. */
    public final Set<Integer> lost = new TreeSet<>();

    /** What {@link #snapshot} returns in each call; the last one is returned from then on. */
    private final List<SourceTopic.Snapshot> snapshots = new ArrayList<>();

    private final Set<String> absent = new TreeSet<>();

    public FakeLog(SourceTopic.Snapshot... snapshots) {
        this.snapshots.addAll(List.of(snapshots));
    }

    /** Returns a topic without open transactions. */
    public static SourceTopic.Snapshot snapshot(
            TopicIdentity identity, Map<Integer, Long> beginnings, Map<Integer, Long> ends) {
        return new SourceTopic.Snapshot(identity, beginnings, ends, ends, new Leadership(Map.of(), 0));
    }

    /** Returns the same topic, but after a change of leaders. */
    public static SourceTopic.Snapshot withEpoch(SourceTopic.Snapshot topic, int epoch) {
        return new SourceTopic.Snapshot(
                topic.identity(),
                topic.beginnings(),
                topic.ends(),
                topic.highWatermarks(),
                new Leadership(Map.of(0, epoch), 0));
    }

    public FakeLog without(int partition, long... offsets) {
        LongStream.of(offsets).forEach(offset -> absent.add(partition + "/" + offset));
        return this;
    }

    @Override
    public SourceTopic.Snapshot snapshot() {
        return snapshots.size() > 1 ? snapshots.remove(0) : snapshots.get(0);
    }

    @Override
    public Set<Integer> requireKept(
            Map<Integer, RecordIdentity> lastRead, Map<Integer, Long> until, SourceTopic.Snapshot now) {
        comparisons++;
        if (!lost.isEmpty()) {
            SortedMap<Integer, String> what = new TreeMap<>();
            lost.forEach(partition -> what.put(partition, "partition " + partition));
            throw new EventsLostException(what);
        }
        return lastRead.keySet();
    }

    @Override
    public void forEachOffset(Map<Integer, OffsetRange> ranges, OffsetAction action) {
        ranges.forEach((partition, range) -> LongStream.range(range.from(), range.until())
                .filter(offset -> !absent.contains(partition + "/" + offset))
                .forEach(offset -> action.accept(partition, offset)));
    }
}

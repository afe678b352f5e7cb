package pipeline.events.offsets;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The offsets that a batch took from the topic.
 *
 * @param ranges every partition of the topic, including idle ones; each starts where the previous record's ended
 * @param gaps parts of the ranges that Kafka had already deleted
 * @param absent offsets in the ranges, but not in the gaps, that have no committed record; nothing if there are none
 * @param lastRead for each partition the last record that this batch or an earlier one has read; none if no batch has read one,
 *     or if an older version of the job wrote the ledger
 */
public record ReadOffsets(
        SortedMap<Integer, OffsetRange> ranges,
        List<OffsetGap> gaps,
        Optional<AbsentOffsets> absent,
        SortedMap<Integer, RecordIdentity> lastRead) {
    public ReadOffsets {
        ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
        gaps = List.copyOf(gaps);
        lastRead = Collections.unmodifiableSortedMap(new TreeMap<>(lastRead));
    }

    /** Returns offsets that all have a record. */
    public static ReadOffsets of(Map<Integer, OffsetRange> ranges) {
        return of(ranges, List.of());
    }

    public static ReadOffsets of(Map<Integer, OffsetRange> ranges, List<OffsetGap> gaps) {
        return new ReadOffsets(new TreeMap<>(ranges), gaps, Optional.empty(), new TreeMap<>());
    }

    /** Returns the number of offsets, whether they have an event or not. */
    public long length() {
        return ranges.values().stream().mapToLong(OffsetRange::length).reduce(0, Math::addExact);
    }

    /** Returns the number of events: of the offsets that are neither in a gap nor absent. */
    public long events() {
        return length()
                - gaps.stream().mapToLong(OffsetGap::length).reduce(0, Math::addExact)
                - absent.map(AbsentOffsets::count).orElse(0L);
    }

    /** Returns the offset at which the next batch starts in each partition. */
    public Map<Integer, Long> until() {
        Map<Integer, Long> until = new TreeMap<>();
        ranges.forEach((partition, range) -> until.put(partition, range.until()));
        return until;
    }
}

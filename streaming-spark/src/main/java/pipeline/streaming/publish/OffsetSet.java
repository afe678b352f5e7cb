package pipeline.streaming.publish;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.offsets.OffsetRange;

/** Offsets within the ranges of a batch, with one bit each. */
final class OffsetSet {
    private final SortedMap<Integer, OffsetRange> ranges;
    private final Map<Integer, BitSet> bits = new TreeMap<>();

    OffsetSet(Map<Integer, OffsetRange> ranges) {
        this.ranges = new TreeMap<>(ranges);
        this.ranges.forEach((partition, range) -> bits.put(partition, new BitSet(Math.toIntExact(range.length()))));
    }

    /** Returns false if the offset is not in the ranges, or is in the set already. */
    boolean add(int partition, long offset) {
        OffsetRange range = ranges.get(partition);
        if (range == null || offset < range.from() || offset >= range.until()) {
            return false;
        }
        BitSet found = bits.get(partition);
        int bit = (int) (offset - range.from());
        boolean isNew = !found.get(bit);
        found.set(bit);
        return isNew;
    }

    long size() {
        return bits.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** Returns the first offset that this set has and the other one does not, as {@code partition 0 offset 7}. */
    Optional<String> firstNotIn(OffsetSet other) {
        for (int partition : ranges.keySet()) {
            BitSet rest = (BitSet) bits.get(partition).clone();
            rest.andNot(other.bits.get(partition));
            if (!rest.isEmpty()) {
                return Optional.of("partition " + partition + " offset "
                        + (ranges.get(partition).from() + rest.nextSetBit(0)));
            }
        }
        return Optional.empty();
    }

    /** Returns the offsets of the ranges that are not in the set, for each partition that has any. */
    SortedMap<Integer, List<OffsetRange>> missing() {
        SortedMap<Integer, List<OffsetRange>> missing = new TreeMap<>();
        ranges.forEach((partition, range) -> {
            List<OffsetRange> ofPartition = missing(range, bits.get(partition));
            if (!ofPartition.isEmpty()) {
                missing.put(partition, ofPartition);
            }
        });
        return missing;
    }

    private static List<OffsetRange> missing(OffsetRange range, BitSet found) {
        List<OffsetRange> missing = new ArrayList<>();
        int length = (int) range.length();
        for (int start = found.nextClearBit(0); start < length; ) {
            int next = found.nextSetBit(start);
            int end = next < 0 ? length : next;
            missing.add(new OffsetRange(range.from() + start, range.from() + end));
            start = found.nextClearBit(end);
        }
        return missing;
    }
}

package pipeline.validator.dataset.audit;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** A set of offsets with one bit each, in chunks, so that a single distant offset costs little. */
final class OffsetSet {
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;

    /** For a range from one offset, to another that is not part of it. */
    @FunctionalInterface
    interface RangeAction {
        void accept(long from, long until);
    }

    private final TreeMap<Long, BitSet> chunks = new TreeMap<>();
    private long lastNumber;
    private BitSet lastChunk;

    /** Returns false if the set already has the offset. */
    boolean add(long offset) {
        long number = offset >> CHUNK_BITS;
        if (lastChunk == null || number != lastNumber) {
            lastChunk = chunks.computeIfAbsent(number, first -> new BitSet(CHUNK));
            lastNumber = number;
        }
        int bit = (int) (offset & (CHUNK - 1));
        boolean isNew = !lastChunk.get(bit);
        lastChunk.set(bit);
        return isNew;
    }

    /**
     * Calls the action for each range of offsets that the set does not have, in ascending order. The time depends on how
     * many offsets the set has, not on how far apart they are.
     */
    void forEachMissing(long from, long until, RangeAction action) {
        long start = from;
        while (start < until) {
            Map.Entry<Long, BitSet> chunk = chunks.ceilingEntry(start >> CHUNK_BITS);
            long chunkStart = chunk == null ? until : chunk.getKey() << CHUNK_BITS;
            if (chunkStart > start) {
                action.accept(start, Math.min(chunkStart, until));
                start = chunkStart;
            } else {
                BitSet bits = chunk.getValue();
                int missing = bits.nextClearBit((int) (start - chunkStart));
                int found = bits.nextSetBit(missing);
                long end = found >= 0 ? chunkStart + found : chunkStart > until - CHUNK ? until : chunkStart + CHUNK;
                if (chunkStart + missing < Math.min(end, until)) {
                    action.accept(chunkStart + missing, Math.min(end, until));
                }
                start = end;
            }
        }
    }

    /** Returns the lowest offset; the set must not be empty. */
    long first() {
        return (chunks.firstKey() << CHUNK_BITS)
                + chunks.firstEntry().getValue().nextSetBit(0);
    }

    /** Returns the highest offset; the set must not be empty. */
    long last() {
        return (chunks.lastKey() << CHUNK_BITS) + chunks.lastEntry().getValue().length() - 1;
    }
}

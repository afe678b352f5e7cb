package pipeline.validator.dataset.audit;

import java.util.BitSet;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A set of offsets with one bit each, in chunks, so that a single distant offset costs little. */
final class OffsetSet {
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final BitSet EMPTY = new BitSet(0);

    private final TreeMap<Long, BitSet> chunks = new TreeMap<>();
    private long lastNumber = -1;
    private BitSet lastChunk;

    /** Returns false if the set already has the offset. */
    boolean add(long offset) {
        long number = offset >> CHUNK_BITS;
        if (number != lastNumber) {
            lastChunk = chunks.computeIfAbsent(number, first -> new BitSet(CHUNK));
            lastNumber = number;
        }
        int bit = (int) (offset & (CHUNK - 1));
        boolean isNew = !lastChunk.get(bit);
        lastChunk.set(bit);
        return isNew;
    }

    /** Calls the action for each offset of a range that the set does not have, in ascending order. */
    void forEachMissing(long from, long until, LongConsumer action) {
        for (long start = from; start < until; start = ((start >> CHUNK_BITS) + 1) << CHUNK_BITS) {
            long chunkStart = start >> CHUNK_BITS << CHUNK_BITS;
            long chunkEnd = Math.min(until, chunkStart + CHUNK);
            BitSet chunk = chunks.getOrDefault(start >> CHUNK_BITS, EMPTY);
            int bit = chunk.nextClearBit((int) (start - chunkStart));
            for (; chunkStart + bit < chunkEnd; bit = chunk.nextClearBit(bit + 1)) {
                action.accept(chunkStart + bit);
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

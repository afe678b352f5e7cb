package pipeline.validator.dataset.audit;

import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A set of offsets with one bit each, in chunks, so that a single distant offset costs little. */
final class OffsetSet {
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final TreeMap<Long, long[]> chunks = new TreeMap<>();
    private long lastNumber = -1;
    private long[] lastChunk;

    /** Returns false if the set already has the offset. */
    boolean add(long offset) {
        long number = offset >> CHUNK_BITS;
        if (number != lastNumber) {
            lastChunk = chunks.computeIfAbsent(number, first -> new long[CHUNK / Long.SIZE]);
            lastNumber = number;
        }
        int bit = (int) (offset & (CHUNK - 1));
        boolean isNew = (lastChunk[bit / Long.SIZE] & 1L << bit) == 0;
        lastChunk[bit / Long.SIZE] |= 1L << bit;
        return isNew;
    }

    /** Calls the action for each offset of a range that the set does not have, in ascending order. */
    void forEachMissing(long from, long until, LongConsumer action) {
        long offset = from;
        while (offset < until) {
            long chunkEnd = Math.min(until, ((offset >> CHUNK_BITS) + 1) << CHUNK_BITS);
            long[] chunk = chunks.get(offset >> CHUNK_BITS);
            for (; offset < chunkEnd; offset++) {
                if (chunk == null || !isSet(chunk, offset)) {
                    action.accept(offset);
                }
            }
        }
    }

    private static boolean isSet(long[] chunk, long offset) {
        int bit = (int) (offset & (CHUNK - 1));
        return (chunk[bit / Long.SIZE] & 1L << bit) != 0;
    }

    /** Returns the lowest offset; the set must not be empty. */
    long first() {
        long offset = chunks.firstKey() << CHUNK_BITS;
        while (!isSet(chunks.firstEntry().getValue(), offset)) {
            offset++;
        }
        return offset;
    }

    /** Returns the highest offset; the set must not be empty. */
    long last() {
        long offset = ((chunks.lastKey() + 1) << CHUNK_BITS) - 1;
        while (!isSet(chunks.lastEntry().getValue(), offset)) {
            offset--;
        }
        return offset;
    }
}

package pipeline.validator.dataset;

import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A set of offsets, one bit each, in chunks so that a lone offset far away costs little. */
final class OffsetSet {
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final TreeMap<Long, long[]> chunks = new TreeMap<>();

    /** Returns false when the offset was in already. */
    boolean add(long offset) {
        long[] chunk = chunks.computeIfAbsent(offset >> CHUNK_BITS, first -> new long[CHUNK / Long.SIZE]);
        int bit = (int) (offset & (CHUNK - 1));
        boolean isNew = (chunk[bit / Long.SIZE] & 1L << bit) == 0;
        chunk[bit / Long.SIZE] |= 1L << bit;
        return isNew;
    }

    boolean contains(long offset) {
        long[] chunk = chunks.get(offset >> CHUNK_BITS);
        int bit = (int) (offset & (CHUNK - 1));
        return chunk != null && (chunk[bit / Long.SIZE] & 1L << bit) != 0;
    }

    /** Calls for each offset of a range that is not in, in ascending order. */
    void forEachMissing(long from, long until, LongConsumer action) {
        for (long offset = from; offset < until; offset++) {
            if (!contains(offset)) {
                action.accept(offset);
            }
        }
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** Returns the lowest offset that is in. */
    long first() {
        long offset = chunks.firstKey() << CHUNK_BITS;
        while (!contains(offset)) {
            offset++;
        }
        return offset;
    }

    /** Returns the highest offset that is in. */
    long last() {
        long offset = (chunks.lastKey() + 1 << CHUNK_BITS) - 1;
        while (!contains(offset)) {
            offset--;
        }
        return offset;
    }
}

package pipeline.validator.dataset.audit;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of offsets. Where they are complete it keeps only their ranges; elsewhere one bit for each, in chunks, so that a single
 * distant offset costs little.
 */
final class OffsetSet {
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;

    /** The chunk with the highest offset of all, after which no range can end. */
    private static final long LAST = Long.MAX_VALUE >> CHUNK_BITS;

    /** Receives a range: its first offset, and the offset after its last one. */
    @FunctionalInterface
    interface RangeAction {
        void accept(long from, long until);
    }

    /** All offsets of a chunk that the set has, also those in {@link #ranges}. */
    private static final class Chunk {
        private final BitSet bits = new BitSet(CHUNK);
        private int count;

        boolean add(int bit) {
            boolean isNew = !bits.get(bit);
            bits.set(bit);
            count += isNew ? 1 : 0;
            return isNew;
        }

        void add(int from, int until) {
            bits.set(from, until);
            count = bits.cardinality();
        }
    }

    /** From the first offset of each range to the one after its last. They neither overlap nor touch. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    private final TreeMap<Long, Chunk> chunks = new TreeMap<>();
    private long lastNumber;
    private Chunk lastChunk;

    /** Returns false if the set already has the offset. */
    boolean add(long offset) {
        long number = offset >> CHUNK_BITS;
        if (lastChunk == null || number != lastNumber) {
            Map.Entry<Long, Long> range = ranges.floorEntry(offset);
            if (range != null && offset < range.getValue()) {
                return false;
            }
            lastChunk = chunks.computeIfAbsent(number, this::chunk);
            lastNumber = number;
        }
        boolean isNew = lastChunk.add((int) (offset & (CHUNK - 1)));
        if (lastChunk.count == CHUNK) {
            complete(number);
        }
        return isNew;
    }

    /** Adds a range, and passes on which parts of it the set already has. */
    void addRange(long from, long until, RangeAction twice) {
        if (from >= until) {
            return;
        }
        long[] known = {from};
        forEachMissing(from, until, (start, end) -> {
            if (known[0] < start) {
                twice.accept(known[0], start);
            }
            known[0] = end;
        });
        if (known[0] < until) {
            twice.accept(known[0], until);
        }
        merge(from, until);
        for (long number : chunks.subMap(from >> CHUNK_BITS, true, (until - 1) >> CHUNK_BITS, true)
                .keySet()
                .toArray(Long[]::new)) {
            fill(number, chunks.get(number), from, until);
            if (chunks.get(number).count == CHUNK) {
                complete(number);
            }
        }
    }

    private Chunk chunk(long number) {
        Chunk chunk = new Chunk();
        long start = number << CHUNK_BITS;
        Long first = ranges.floorKey(start);
        for (Map.Entry<Long, Long> range : ranges.subMap(first == null ? start : first, true, start + CHUNK - 1, true)
                .entrySet()) {
            fill(number, chunk, range.getKey(), range.getValue());
        }
        return chunk;
    }

    private static void fill(long number, Chunk chunk, long from, long until) {
        long start = number << CHUNK_BITS;
        if (until > start) {
            long last = Math.min(until - 1, start + CHUNK - 1);
            chunk.add((int) (Math.max(from, start) - start), (int) (last - start) + 1);
        }
    }

    private void complete(long number) {
        if (number < LAST) {
            long start = number << CHUNK_BITS;
            merge(start, start + CHUNK);
            chunks.remove(number);
            lastChunk = null;
        }
    }

    private void merge(long from, long until) {
        long start = from;
        long end = until;
        Map.Entry<Long, Long> before = ranges.floorEntry(until);
        while (before != null && before.getValue() >= start) {
            start = Math.min(start, before.getKey());
            end = Math.max(end, before.getValue());
            ranges.remove(before.getKey());
            before = ranges.floorEntry(until);
        }
        ranges.put(start, end);
    }

    /**
     * Calls the action for each range of offsets that the set does not have, in ascending order. The time depends on how
     * many offsets the set has, not on how far apart they are.
     */
    void forEachMissing(long from, long until, RangeAction action) {
        long start = from;
        while (start < until) {
            Chunk chunk = chunks.get(start >> CHUNK_BITS);
            start = chunk == null
                    ? forEachMissingBeforeChunk(start, until, action)
                    : forEachMissingIn(chunk, start, until, action);
        }
    }

    /** Handles the offsets up to the next chunk or range, and returns where that begins. */
    private long forEachMissingBeforeChunk(long start, long until, RangeAction action) {
        Long chunk = chunks.higherKey(start >> CHUNK_BITS);
        long end = chunk == null ? until : Math.min(until, chunk << CHUNK_BITS);
        Map.Entry<Long, Long> range = ranges.floorEntry(start);
        if (range != null && range.getValue() > start) {
            return Math.min(end, range.getValue());
        }
        Long next = ranges.higherKey(start);
        long missingUntil = next == null ? end : Math.min(end, next);
        action.accept(start, missingUntil);
        return missingUntil;
    }

    /** Handles the first missing offsets of a chunk, and returns where the next ones may begin. */
    private static long forEachMissingIn(Chunk chunk, long start, long until, RangeAction action) {
        long chunkStart = start >> CHUNK_BITS << CHUNK_BITS;
        int missing = chunk.bits.nextClearBit((int) (start - chunkStart));
        int found = chunk.bits.nextSetBit(missing);
        long end = found >= 0 ? chunkStart + found : chunkStart > until - CHUNK ? until : chunkStart + CHUNK;
        if (chunkStart + missing < Math.min(end, until)) {
            action.accept(chunkStart + missing, Math.min(end, until));
        }
        return end;
    }

    /** Returns the lowest offset; the set must not be empty. */
    long first() {
        long inChunks = chunks.isEmpty()
                ? Long.MAX_VALUE
                : (chunks.firstKey() << CHUNK_BITS)
                        + chunks.firstEntry().getValue().bits.nextSetBit(0);
        return ranges.isEmpty() ? inChunks : Math.min(inChunks, ranges.firstKey());
    }

    /** Returns the highest offset; the set must not be empty. */
    long last() {
        long inChunks = chunks.isEmpty()
                ? Long.MIN_VALUE
                : (chunks.lastKey() << CHUNK_BITS)
                        + chunks.lastEntry().getValue().bits.length()
                        - 1;
        return ranges.isEmpty()
                ? inChunks
                : Math.max(inChunks, ranges.lastEntry().getValue() - 1);
    }
}

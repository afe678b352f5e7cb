package pipeline.validator.dataset.parquet.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Receives every value of a column, in the file's order and some thousand at a time. */
public abstract class Values {
    /** How many values at a time fit into the first cache of a processor. */
    protected static final int AT_ONCE = 2048;

    /** Stands for values of which each begins with its length, in four bytes, and for those of one bit. */
    protected static final int ANY_LENGTH = -1;

    /** Returns how many bytes a plain value has, or {@link #ANY_LENGTH}. */
    protected abstract int bytes();

    /** @param size how many bytes the values have */
    protected abstract void setDictionary(byte[] plain, int size, int count);

    protected abstract void addPlain(ByteBuffer values, int count);

    /** Adds the values of the dictionary that have these indexes. */
    protected abstract void addIndexes(int[] indexes, int count);

    /** Adds the nulls of a page, after its values. */
    protected abstract void addNulls(long count);

    /** Returns whether it matters which rows are null. */
    protected boolean needsLevels() {
        return false;
    }

    /**
     * Receives the levels of a page's rows, 0 for null, before its values. Is not called if no row is null, or if {@link #needsLevels}
     * is false.
     */
    protected void setLevels(int[] levels) {}

    /** Returns whether only some pages are needed. */
    protected boolean choosesPages() {
        return false;
    }

    /**
     * Returns whether the next page is needed; otherwise it is skipped. Is only called if {@link #choosesPages} is true.
     *
     * @param bounds those of the page's values, or null if the file does not have them
     * @param isAtEnd whether it is the first or the last page of its part of the column
     */
    protected boolean needs(int rows, Chunk.Bounds bounds, boolean isAtEnd) {
        return true;
    }

    protected void skip(int rows) {}

    final boolean fit(int size, int count) {
        return bytes() == ANY_LENGTH || size == Math.multiplyExact(count, bytes());
    }

    final void addPlain(byte[] page, int start, int end, int count) {
        if (bytes() == ANY_LENGTH) {
            addPlain(littleEndian(page, start, end - start), count);
            return;
        }
        for (int done = 0; done < count; done += AT_ONCE) {
            int now = Math.min(AT_ONCE, count - done);
            addPlain(littleEndian(page, start + done * bytes(), now * bytes()), now);
        }
    }

    final void addIndexes(HybridReader reader, int count) {
        int[] indexes = new int[Math.min(AT_ONCE, count)];
        for (int done = 0; done < count; done += AT_ONCE) {
            int now = Math.min(AT_ONCE, count - done);
            reader.read(indexes, now);
            addIndexes(indexes, now);
        }
    }

    protected static ByteBuffer littleEndian(byte[] bytes, int from, int count) {
        return ByteBuffer.wrap(bytes, from, count).order(ByteOrder.LITTLE_ENDIAN);
    }
}

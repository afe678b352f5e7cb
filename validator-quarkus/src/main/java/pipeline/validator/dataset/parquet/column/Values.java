package pipeline.validator.dataset.parquet.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Receives every value of a column, in the file's order and some thousand at a time. */
public abstract class Values {
    /** How many values at a time fit into the first cache of a processor. */
    static final int AT_ONCE = 2048;

    /** Returns how many bytes a plain value has. */
    abstract int bytes();

    abstract void setDictionary(byte[] plain, int count);

    abstract void addPlain(ByteBuffer values, int count);

    /** Adds the values of the dictionary that have these indexes. */
    abstract void addIndexes(int[] indexes, int count);

    abstract void addNulls(long count);

    final void addPlain(byte[] page, int start, int count) {
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

    static ByteBuffer littleEndian(byte[] bytes, int from, int count) {
        return ByteBuffer.wrap(bytes, from, count).order(ByteOrder.LITTLE_ENDIAN);
    }
}

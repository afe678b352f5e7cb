package pipeline.validator.dataset.parquet.column;

import java.util.Arrays;

/**
 * Reads whole numbers of a fixed width in the <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">hybrid
 * of run lengths and bit packing</a>. Reading beyond its end is an {@link IndexOutOfBoundsException}.
 */
final class HybridReader {
    private static final int AT_ONCE = 1024;

    private final byte[] bytes;
    private final int end;
    private final int width;
    private int next;

    /** How many values of the current run are left. */
    private int left;

    private boolean isPacked;
    /** The value that a run of equal values repeats. */
    private int repeated;
    /** Bits of a bit-packed run that were read, but not passed on yet. */
    private long bits;

    private int bitCount;

    /** @param width of each number in bits, 0 to 32 */
    HybridReader(byte[] bytes, int start, int end, int width) {
        if (width < 0 || width > Integer.SIZE || end > bytes.length) {
            throw new IndexOutOfBoundsException(width);
        }
        this.bytes = bytes;
        this.next = start;
        this.end = end;
        this.width = width;
    }

    void read(int[] target, int count) {
        int done = 0;
        while (done < count) {
            if (left == 0) {
                startRun();
            }
            int now = Math.min(left, count - done);
            if (isPacked) {
                unpack(target, done, now);
            } else {
                Arrays.fill(target, done, done + now, repeated);
            }
            left -= now;
            done += now;
        }
    }

    int sum(int count) {
        int[] values = {};
        int sum = 0;
        for (int done = 0; done < count; ) {
            if (left == 0) {
                startRun();
            }
            int now = Math.min(left, count - done);
            if (isPacked) {
                now = Math.min(now, AT_ONCE);
                values = values.length == 0 ? new int[AT_ONCE] : values;
                unpack(values, 0, now);
                for (int i = 0; i < now; i++) {
                    sum += values[i];
                }
            } else {
                sum += now * repeated;
            }
            left -= now;
            done += now;
        }
        return sum;
    }

    private void startRun() {
        int header = varint();
        isPacked = (header & 1) == 1;
        left = isPacked ? Math.multiplyExact(header >>> 1, Byte.SIZE) : header >>> 1;
        bits = 0;
        bitCount = 0;
        if (!isPacked) {
            repeated = 0;
            for (int shift = 0; shift < width; shift += Byte.SIZE) {
                repeated |= nextByte() << shift;
            }
        }
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            int part = nextByte();
            value |= (part & 0x7F) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number of more than 32 bits");
    }

    private int nextByte() {
        if (next >= end) {
            throw new IndexOutOfBoundsException(next);
        }
        return bytes[next++] & 0xFF;
    }

    /** Uses local variables, because the compiler keeps them in registers. */
    private void unpack(int[] target, int start, int count) {
        long buffer = bits;
        int available = bitCount;
        int from = next;
        long mask = (1L << width) - 1;
        for (int i = start; i < start + count; i++) {
            while (available < width) {
                if (from >= end) {
                    throw new IndexOutOfBoundsException(from);
                }
                buffer |= (bytes[from++] & 0xFFL) << available;
                available += Byte.SIZE;
            }
            target[i] = (int) (buffer & mask);
            buffer >>>= width;
            available -= width;
        }
        bits = buffer;
        bitCount = available;
        next = from;
    }
}

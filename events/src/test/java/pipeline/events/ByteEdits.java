package pipeline.events;

import java.util.Arrays;

/** Changes to bytes, for tests of what reads them. */
public final class ByteEdits {
    private ByteEdits() {}

    /** Returns the bytes with others in place of those from one position until another one. */
    public static byte[] replaced(byte[] bytes, int from, int until, byte[] with) {
        byte[] result = Arrays.copyOf(bytes, from + with.length + bytes.length - until);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(bytes, until, result, from + with.length, bytes.length - until);
        return result;
    }
}

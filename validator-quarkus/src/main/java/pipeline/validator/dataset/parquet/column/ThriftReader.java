package pipeline.validator.dataset.parquet.column;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads <a href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Thrift's compact protocol</a>,
 * in which footers and page headers are written. A struct is read by {@link #begin}, and by {@link #nextField} until that returns
 * false; each field has to be read or skipped. Anything invalid is an {@link IndexOutOfBoundsException} or an {@link
 * IllegalStateException}.
 */
final class ThriftReader {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;

    /** How deeply structs, lists and maps may be nested: a damaged file must not overflow the stack. */
    private static final int MAX_DEPTH = 16;

    private final byte[] bytes;
    private final int end;
    private int next;

    private final int[] outerFields = new int[MAX_DEPTH];
    private int depth;
    private int field;
    /** The type of the current field, or of the elements of the current list. */
    private int type;

    ThriftReader(byte[] bytes, int start, int end) {
        if (start < 0 || end > bytes.length) {
            throw new IndexOutOfBoundsException(end);
        }
        this.bytes = bytes;
        this.next = start;
        this.end = end;
    }

    /** Returns where the next byte is. */
    int position() {
        return next;
    }

    /** Begins a struct: the outermost one, that of the current field, or the next element of a list. */
    void begin() {
        outerFields[depth++] = field;
        field = 0;
    }

    private void end() {
        field = outerFields[--depth];
    }

    /** Moves to the next field of the struct, or to its end. */
    boolean nextField() {
        int head = nextByte();
        if (head == 0) {
            end();
            return false;
        }
        type = head & 0xF;
        field = head >>> 4 == 0 ? (int) zigzag() : field + (head >>> 4);
        return true;
    }

    int field() {
        return field;
    }

    /** Returns how many elements the current field, a list, has. */
    int list() {
        require(type == LIST);
        return elements();
    }

    private int elements() {
        int head = nextByte();
        type = head & 0xF;
        return head >>> 4 == 0xF ? Math.toIntExact(varint()) : head >>> 4;
    }

    long number() {
        require(type == I16 || type == I32 || type == I64);
        return zigzag();
    }

    int smallNumber() {
        return Math.toIntExact(number());
    }

    boolean bool() {
        require(type == TRUE || type == FALSE);
        return type == TRUE;
    }

    byte[] binary() {
        require(type == BINARY);
        int start = advance(varint());
        return Arrays.copyOfRange(bytes, start, next);
    }

    String string() {
        return new String(binary(), StandardCharsets.UTF_8);
    }

    /** Skips the current field. */
    void skip() {
        if (type != TRUE && type != FALSE) {
            skip(type);
        }
    }

    private void skip(int skipped) {
        switch (skipped) {
            // A boolean is a byte only as an element: a field has its value in its type.
            case TRUE, FALSE, BYTE -> advance(1);
            case I16, I32, I64 -> varint();
            case DOUBLE -> advance(Double.BYTES);
            case BINARY -> advance(varint());
            case LIST, SET -> {
                begin();
                int count = elements();
                int element = type;
                for (int i = 0; i < count; i++) {
                    skip(element);
                }
                end();
            }
            case MAP -> {
                begin();
                long count = varint();
                int types = count == 0 ? 0 : nextByte();
                for (long i = 0; i < count; i++) {
                    skip(types >>> 4);
                    skip(types & 0xF);
                }
                end();
            }
            case STRUCT -> {
                begin();
                while (nextField()) {
                    skip();
                }
            }
            default -> require(false);
        }
    }

    private long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int part = nextByte();
            value |= (part & 0x7FL) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new IllegalStateException("a number of more than 64 bits");
    }

    private int nextByte() {
        return bytes[advance(1)] & 0xFF;
    }

    /** Returns where the first of these bytes is. */
    private int advance(long count) {
        int start = next;
        if (count < 0 || count > end - start) {
            throw new IndexOutOfBoundsException(start);
        }
        next = start + (int) count;
        return start;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("another type was expected");
        }
    }
}

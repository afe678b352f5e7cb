package pipeline.events.schema.source;

import com.fasterxml.jackson.core.io.NumberInput;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads plain JSON from bytes, several times as fast as Jackson: ASCII without escapes, numbers without exponents. It finds
 * no fault with anything else: its methods then say that the text is not plain, and {@link JsonText} decides. Reads one text
 * after the other; for one thread.
 */
public final class ByteScanner {
    /** What a reader returns for a value that is not plain, or that it may have to reject. */
    public static final Object NOT_PLAIN = new Object();

    /** What stands for a string that is no plain date or time. */
    public static final long NO_TIME = PlainTimes.NONE;

    /** As deep as a plain text may nest what the schema does not know; less than Jackson allows. */
    private static final int MAX_DEPTH = 30;

    /** With at most so many digits a number fits into a long. */
    private static final int LONG_DIGITS = 18;

    private static final int MAX_DIGITS = 40;

    /** Up to here a double holds each integer, and the power of ten below: their quotient is the nearest double. */
    private static final long EXACT_MANTISSA = 1L << 53;

    private static final double[] EXACT_POWERS = new double[23];

    static {
        EXACT_POWERS[0] = 1;
        for (int i = 1; i < EXACT_POWERS.length; i++) {
            EXACT_POWERS[i] = EXACT_POWERS[i - 1] * 10;
        }
    }

    private final Place place;
    private final Rescued rescued;

    private byte[] bytes;
    private int at;

    /** Where the string or number begins that was read last, and where it ends. */
    private int start;

    private int end;

    private boolean isNegative;
    private long mantissa;
    private int digits;
    private int scale;

    public ByteScanner(Place place, Rescued rescued) {
        this.place = place;
        this.rescued = rescued;
    }

    public void open(byte[] json) {
        place.clear();
        rescued.clear();
        bytes = json;
        at = 0;
    }

    public Place place() {
        return place;
    }

    /** Returns whether nothing but white space follows. */
    public boolean isAtEnd() {
        skipSpace();
        return at == bytes.length;
    }

    /** Returns the next byte that is not white space, or 0 at the end. */
    public byte peek() {
        skipSpace();
        return at < bytes.length ? bytes[at] : 0;
    }

    /** Reads this byte, after any white space, if it is the next one. */
    public boolean take(char c) {
        if (at < bytes.length && bytes[at] == c) {
            at++;
            return true;
        }
        skipSpace();
        if (at < bytes.length && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads exactly these bytes, after any white space, if they are the next ones. */
    public boolean take(byte[] expected) {
        skipSpace();
        int length = expected.length;
        if (bytes.length - at < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        at += length;
        return true;
    }

    private void skipSpace() {
        while (at < bytes.length && isSpace(bytes[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte b) {
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }

    /** Reads a string, if it is plain. */
    public boolean takeString() {
        if (!take('"')) {
            return false;
        }
        int i = at;
        // Bytes that are not ASCII are negative.
        while (i < bytes.length && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        if (i == bytes.length || bytes[i] != '"') {
            return false;
        }
        start = at;
        end = i;
        at = i + 1;
        return true;
    }

    /** Returns the number of characters of the string that was read last. */
    public int length() {
        return end - start;
    }

    /** Returns the string or number that was read last, as it is written. */
    public String text() {
        return text(start, end);
    }

    private String text(int from, int until) {
        return new String(bytes, from, until - from, StandardCharsets.ISO_8859_1);
    }

    /** Makes a value of an ASCII string. */
    @FunctionalInterface
    public interface OfString {
        Object make(byte[] bytes, int from, int length);
    }

    /** Returns the string that was read last, as this makes it. */
    public Object string(OfString value) {
        return value.make(bytes, start, length());
    }

    /** Returns whether the string that was read last is this text. */
    public boolean isText(byte[] text) {
        if (end - start != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[start + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the microseconds of the string that was read last, or {@link #NO_TIME} if it is no plain date-time. */
    public long micros() {
        return PlainTimes.micros(bytes, start, end);
    }

    /** Returns the day of the string that was read last, or {@link #NO_TIME} if it is no plain date. */
    public long epochDay() {
        return PlainTimes.epochDay(bytes, start, end);
    }

    /** Reads a number, if it is plain. */
    public boolean takeNumber() {
        skipSpace();
        int i = at;
        start = at;
        isNegative = i < bytes.length && bytes[i] == '-';
        i += isNegative ? 1 : 0;
        int first = i;
        long number = 0;
        while (i < bytes.length && isDigit(bytes[i])) {
            number = number * 10 + bytes[i++] - '0';
        }
        int whole = i - first;
        if (whole == 0 || (whole > 1 && bytes[first] == '0')) {
            return false;
        }
        int fraction = 0;
        if (i < bytes.length && bytes[i] == '.') {
            int point = i++;
            while (i < bytes.length && isDigit(bytes[i])) {
                number = number * 10 + bytes[i++] - '0';
            }
            fraction = i - point - 1;
            if (fraction == 0) {
                return false;
            }
        }
        mantissa = number;
        scale = fraction;
        digits = whole + fraction;
        end = i;
        at = i;
        return digits <= MAX_DIGITS && (i == bytes.length || (bytes[i] | 0x20) != 'e');
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Returns whether the number that was read last is an integer that fits into a long, without its smallest one. */
    public boolean isLong() {
        // With one digit more, the sum of digits is negative if it is beyond a long.
        return scale == 0 && (digits <= LONG_DIGITS || (digits == LONG_DIGITS + 1 && mantissa > 0));
    }

    public long asLong() {
        return isNegative ? -mantissa : mantissa;
    }

    /** Returns the double that is nearest to the number that was read last, as Jackson does. */
    public double asDouble() {
        if (digits <= LONG_DIGITS && mantissa <= EXACT_MANTISSA && scale < EXACT_POWERS.length) {
            double number = mantissa / EXACT_POWERS[scale];
            // Jackson reads -0 as an integer, which has no sign, and -0.0 as a double.
            return isNegative && (mantissa != 0 || scale != 0) ? -number : number;
        }
        return NumberInput.parseDouble(text(), true);
    }

    public BigDecimal asExact() {
        return digits <= LONG_DIGITS ? BigDecimal.valueOf(asLong(), scale) : new BigDecimal(text());
    }

    /** Skips a value that the schema does not know, if it is plain. */
    public boolean skip() {
        return skip(0);
    }

    /** As {@link #skip}, and keeps its text. */
    public boolean rescue(String field) {
        skipSpace();
        int from = at;
        if (!skip(0)) {
            return false;
        }
        rescueFrom(from, field);
        return true;
    }

    /** Returns where the next value begins. */
    public int nextStart() {
        skipSpace();
        return at;
    }

    /** Keeps the text from there to the end of the value that was just read. */
    public void rescueFrom(int from, String field) {
        rescued.put(place.pointer(field), text(from, at));
    }

    private boolean skip(int depth) {
        return switch (peek()) {
            case '"' -> takeString();
            case '{' -> depth < MAX_DEPTH && skipObject(depth + 1);
            case '[' -> depth < MAX_DEPTH && skipArray(depth + 1);
            case 't' -> take(PlainWords.TRUE);
            case 'f' -> take(PlainWords.FALSE);
            case 'n' -> take(PlainWords.NULL);
            default -> takeNumber();
        };
    }

    private boolean skipObject(int depth) {
        at++;
        if (take('}')) {
            return true;
        }
        do {
            if (!takeString() || !take(':') || !skip(depth)) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean skipArray(int depth) {
        at++;
        if (take(']')) {
            return true;
        }
        do {
            if (!skip(depth)) {
                return false;
            }
        } while (take(','));
        return take(']');
    }
}

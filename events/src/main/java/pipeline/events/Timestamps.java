package pipeline.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Date-times of <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339</a> with at most microseconds, the
 * precision of the Parquet column and of Spark. The year must be 0001 to 9999, both as written and in UTC, so that every
 * reader of the Parquet files can show it. A leap second (23:59:60) has no instant and is rejected.
 */
public final class Timestamps {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final int MAX_FRACTION_DIGITS = 6;
    private static final int[] NANOS = {0, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000};

    /** The length of {@code 2026-11-22T12:34:56}; the fraction and the offset follow. */
    private static final int SECONDS_END = 19;

    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(MAX_FRACTION_DIGITS).toFormatter();

    private Timestamps() {}

    /** Returns for example {@code 2026-11-22T12:34:56.123456Z}; fractions of a microsecond are cut off. */
    public static String format(Instant ts) {
        return MICROS.format(ts);
    }

    /** Written by hand because the JDK's parsers allow more than RFC 3339 and take five times as long. */
    static Instant parse(String text) throws RejectedEventException {
        requireShape(text.length() > SECONDS_END
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) | 0x20) == 't'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':');
        int fractionEnd = fractionEnd(text);
        int year = number(text, 0, 4);
        Instant ts = instant(
                year,
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, SECONDS_END),
                nanos(text, fractionEnd),
                offsetSeconds(text, fractionEnd));
        if (year == 0 || ts.isBefore(FIRST) || ts.isAfter(LAST)) {
            throw new RejectedEventException("ts: year not in 0001 to 9999");
        }
        return ts;
    }

    private static Instant instant(
            int year, int month, int day, int hour, int minute, int second, int nanos, int offsetSeconds)
            throws RejectedEventException {
        try {
            return LocalDate.of(year, month, day)
                    .atTime(LocalTime.of(hour, minute, second, nanos))
                    .toInstant(ZoneOffset.UTC)
                    .minusSeconds(offsetSeconds);
        } catch (DateTimeException e) {
            throw new RejectedEventException("ts: no such date or time");
        }
    }

    /** Returns the index after the fraction's last digit, or after the seconds if there is no fraction. */
    private static int fractionEnd(String text) {
        int end = SECONDS_END;
        if (text.charAt(end) == '.') {
            do {
                end++;
            } while (end < text.length() && isDigit(text.charAt(end)));
        }
        return end;
    }

    private static int nanos(String text, int fractionEnd) throws RejectedEventException {
        if (fractionEnd == SECONDS_END) {
            return 0;
        }
        int digits = fractionEnd - SECONDS_END - 1;
        if (digits > MAX_FRACTION_DIGITS) {
            throw new RejectedEventException("ts: more than " + MAX_FRACTION_DIGITS + " fraction digits");
        }
        requireShape(digits > 0);
        return number(text, SECONDS_END + 1, fractionEnd) * NANOS[digits];
    }

    /** RFC 3339 allows offsets up to ±23:59, which is more than {@link ZoneOffset} allows. */
    private static int offsetSeconds(String text, int start) throws RejectedEventException {
        requireShape(start < text.length());
        char sign = text.charAt(start);
        if ((sign | 0x20) == 'z') {
            requireShape(text.length() == start + 1);
            return 0;
        }
        requireShape((sign == '+' || sign == '-') && text.length() == start + 6 && text.charAt(start + 3) == ':');
        int hours = number(text, start + 1, start + 3);
        int minutes = number(text, start + 4, start + 6);
        requireShape(hours <= 23 && minutes <= 59);
        return (sign == '+' ? 1 : -1) * (hours * 3600 + minutes * 60);
    }

    private static int number(String text, int from, int end) throws RejectedEventException {
        int number = 0;
        for (int i = from; i < end; i++) {
            requireShape(isDigit(text.charAt(i)));
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static void requireShape(boolean holds) throws RejectedEventException {
        if (!holds) {
            throw new RejectedEventException("ts: not an RFC 3339 date-time with Z or offset");
        }
    }
}

package pipeline.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Date-times of <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339</a> with at most microseconds, the
 * precision of the Parquet column and of Spark. The year must be 0001 to 9999, both as written and in UTC, so that every
 * reader of the Parquet files can show it. A leap second (23:59:60) has no instant and is rejected.
 */
public final class Timestamps {
    private static final long MICROS_OF_SECOND = 1_000_000;
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond() * MICROS_OF_SECOND;
    private static final long LAST =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * MICROS_OF_SECOND + 999_999;
    private static final String YEAR = "year not in 0001 to 9999";
    private static final int MAX_FRACTION_DIGITS = 6;
    private static final int[] MICROS_OF_DIGITS = {0, 100_000, 10_000, 1_000, 100, 10, 1};

    /** The length of {@code 2026-11-22}. */
    private static final int DATE_END = 10;

    /** The length of {@code 2026-11-22T12:34:56}; the fraction and the offset follow. */
    private static final int SECONDS_END = 19;

    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(MAX_FRACTION_DIGITS).toFormatter();

    private Timestamps() {}

    /** Returns for example {@code 2026-11-22T12:34:56.123456Z}; fractions of a microsecond are cut off. */
    public static String format(Instant ts) {
        return MICROS.format(ts);
    }

    /** As {@link #micros}, with the reason for the field {@code ts}. */
    static Instant parse(String text) throws RejectedEventException {
        try {
            long micros = micros(text);
            return Instant.ofEpochSecond(
                    Math.floorDiv(micros, MICROS_OF_SECOND), Math.floorMod(micros, MICROS_OF_SECOND) * 1000);
        } catch (RejectedEventException e) {
            throw new RejectedEventException("ts: " + e.getMessage());
        }
    }

    /**
     * Returns the microseconds from 1970-01-01T00:00:00Z to this date-time. Written by hand because the JDK's parsers allow
     * more than RFC 3339 and take five times as long.
     *
     * @throws RejectedEventException if the text is not such a date-time; the reason does not name a field
     */
    public static long micros(String text) throws RejectedEventException {
        requireShape(text.length() > SECONDS_END
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) | 0x20) == 't'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':');
        int fractionEnd = fractionEnd(text);
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        int fraction = fraction(text, fractionEnd);
        int offset = offsetSeconds(text, fractionEnd);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new RejectedEventException("no such date or time");
        }
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
        long micros = seconds * MICROS_OF_SECOND + fraction;
        if (year == 0 || micros < FIRST || micros > LAST) {
            throw new RejectedEventException(YEAR);
        }
        return micros;
    }

    /**
     * Returns the days from 1970-01-01 to an RFC 3339 full-date, such as {@code 2026-11-22}, in the years 0001 to 9999.
     *
     * @throws RejectedEventException if the text is not such a date; the reason does not name a field
     */
    public static int epochDay(String text) throws RejectedEventException {
        boolean isDate = text.length() == DATE_END && text.charAt(4) == '-' && text.charAt(7) == '-';
        for (int i = 0; isDate && i < DATE_END; i++) {
            isDate = i == 4 || i == 7 || isDigit(text.charAt(i));
        }
        if (!isDate) {
            throw new RejectedEventException("not an RFC 3339 date");
        }
        int year = number(text, 0, 4);
        long day = epochDay(year, number(text, 5, 7), number(text, 8, DATE_END));
        if (year == 0) {
            throw new RejectedEventException(YEAR);
        }
        return (int) day;
    }

    private static long epochDay(int year, int month, int day) throws RejectedEventException {
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw new RejectedEventException("no such date or time");
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

    private static int fraction(String text, int fractionEnd) throws RejectedEventException {
        if (fractionEnd == SECONDS_END) {
            return 0;
        }
        int digits = fractionEnd - SECONDS_END - 1;
        if (digits > MAX_FRACTION_DIGITS) {
            throw new RejectedEventException("more than " + MAX_FRACTION_DIGITS + " fraction digits");
        }
        requireShape(digits > 0);
        return number(text, SECONDS_END + 1, fractionEnd) * MICROS_OF_DIGITS[digits];
    }

    /** RFC 3339 allows offsets up to ±23:59, which is more than {@link java.time.ZoneOffset} allows. */
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
            throw new RejectedEventException("not an RFC 3339 date-time with Z or offset");
        }
    }
}

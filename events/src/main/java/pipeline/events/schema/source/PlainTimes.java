package pipeline.events.schema.source;

/** Dates and times in bytes, as most are written. Everything else is left to {@link pipeline.events.Timestamps}. */
final class PlainTimes {
    /** There is no plain date or time. */
    static final long NONE = Long.MIN_VALUE;

    private static final int DATE_END = 10;
    private static final int SECONDS_END = 19;
    private static final int MAX_FRACTION_DIGITS = 6;
    private static final int[] MICROS_OF_DIGITS = {0, 100_000, 10_000, 1_000, 100, 10, 1};
    private static final int[] DAYS_OF_MONTH = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** The days from 0000-03-01 to 1970-01-01. */
    private static final int EPOCH = 719_468;

    private static final int DAYS_OF_400_YEARS = 146_097;

    private PlainTimes() {}

    static long epochDay(byte[] b, int start, int end) {
        return end - start == DATE_END ? day(b, start) : NONE;
    }

    static long micros(byte[] b, int start, int end) {
        if (end - start <= SECONDS_END || b[start + 10] != 'T' || b[start + 13] != ':' || b[start + 16] != ':') {
            return NONE;
        }
        long day = day(b, start);
        int hour = twoDigits(b, start + 11);
        int minute = twoDigits(b, start + 14);
        int second = twoDigits(b, start + 17);
        if (day == NONE || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return NONE;
        }
        int at = start + SECONDS_END;
        int fraction = 0;
        if (b[at] == '.') {
            int first = ++at;
            while (at < end && b[at] >= '0' && b[at] <= '9' && at - first < MAX_FRACTION_DIGITS) {
                fraction = fraction * 10 + b[at++] - '0';
            }
            if (at == first || at == end) {
                return NONE;
            }
            fraction *= MICROS_OF_DIGITS[at - first];
        }
        long seconds = day * 86_400 + hour * 3600L + minute * 60L + second;
        if (b[at] == 'Z') {
            return at + 1 == end ? seconds * 1_000_000 + fraction : NONE;
        }
        if (end - at != 6 || (b[at] != '+' && b[at] != '-') || b[at + 3] != ':') {
            return NONE;
        }
        int hours = twoDigits(b, at + 1);
        int minutes = twoDigits(b, at + 4);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return NONE;
        }
        int offset = hours * 3600 + minutes * 60;
        return (b[at] == '+' ? seconds - offset : seconds + offset) * 1_000_000 + fraction;
    }

    /** Returns the days since 1970. Leaves out the first and the last year, where an offset may lead to another one. */
    private static long day(byte[] b, int start) {
        if (b[start + 4] != '-' || b[start + 7] != '-') {
            return NONE;
        }
        int century = twoDigits(b, start);
        int yearOfCentury = twoDigits(b, start + 2);
        int month = twoDigits(b, start + 5);
        int day = twoDigits(b, start + 8);
        int year = century * 100 + yearOfCentury;
        if (century < 0 || yearOfCentury < 0 || year < 2 || year > 9998 || month < 1 || month > 12 || day < 1) {
            return NONE;
        }
        boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (day > DAYS_OF_MONTH[month] && !(isLeap && month == 2 && day == 29)) {
            return NONE;
        }
        // Counted from March, so that the leap day is the last one of its year.
        int marchYear = month > 2 ? year : year - 1;
        int monthFromMarch = (month + 9) % 12;
        int yearOfEra = marchYear % 400;
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        return (long) marchYear / 400 * DAYS_OF_400_YEARS
                + yearOfEra * 365L
                + yearOfEra / 4
                - yearOfEra / 100
                + dayOfYear
                - EPOCH;
    }

    /** Returns the number, or a negative one if these are not two digits. */
    private static int twoDigits(byte[] b, int at) {
        int tens = b[at] - '0';
        int ones = b[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }
}

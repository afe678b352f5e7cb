package pipeline.validator.dataset.parquet.column;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import pipeline.validator.dataset.content.Tally;

/** Adds the bounds of a column of timestamps to a tally. */
public final class Timestamps extends Values {
    /** How a file holds timestamps. */
    public enum Format {
        /** Nanoseconds of a day, and a Julian day. */
        INT96,
        MILLIS,
        MICROS,
        NANOS;

        /** Returns a number of these units, or of an INT96's nanoseconds, as microseconds. Cuts off what is finer. */
        public long micros(long value) {
            return switch (this) {
                case MILLIS -> Math.multiplyExact(value, 1_000L);
                case MICROS -> value;
                case INT96, NANOS -> Math.floorDiv(value, 1_000L);
            };
        }
    }

    /** The Julian day of 1970-01-01, from which INT96 counts. */
    private static final long EPOCH_JULIAN_DAY = 2_440_588;

    private static final long MICROS_OF_DAY = TimeUnit.DAYS.toMicros(1);
    private static final long NANOS_OF_DAY = TimeUnit.DAYS.toNanos(1);

    /** How many days before and after 1970 a long of nanoseconds can hold: the years 1678 to 2261. */
    private static final long MOST_DAYS = Long.MAX_VALUE / NANOS_OF_DAY;

    private static final int INT96_BYTES = 12;
    private static final int INT96_INTS = INT96_BYTES / Integer.BYTES;

    private final Tally tally;
    private final Format format;
    private final long[] values;
    /** Some INT96 timestamps, each as three ints. */
    private int[] parts = {};

    private long[] dictionary = {};

    /** @param rows how many there will be */
    public Timestamps(Tally tally, Format format, long rows) {
        this.tally = tally;
        this.format = format;
        values = new long[(int) Math.min(AT_ONCE, rows)];
    }

    @Override
    protected int bytes() {
        return format == Format.INT96 ? INT96_BYTES : Long.BYTES;
    }

    @Override
    protected void setDictionary(byte[] plain, int size, int count) {
        dictionary = new long[count];
        decode(littleEndian(plain, 0, count * bytes()), dictionary, count);
    }

    @Override
    protected void addPlain(ByteBuffer plain, int count) {
        decode(plain, values, count);
        addValues(count);
    }

    @Override
    protected void addIndexes(int[] indexes, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = dictionary[indexes[i]];
        }
        addValues(count);
    }

    private void addValues(int count) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            long value = values[i];
            first = value < first ? value : first;
            last = value > last ? value : last;
        }
        add(first, last);
    }

    /** Adds bounds that the footer has. */
    public void add(Chunk.Bounds bounds) {
        addNulls(bounds.nulls());
        if (bounds.first() <= bounds.last()) {
            add(bounds.first(), bounds.last());
        }
    }

    private void add(long first, long last) {
        tally.addTsRange(format.micros(first), format.micros(last));
    }

    @Override
    protected void addNulls(long count) {
        tally.addNullTs(count);
    }

    private void decode(ByteBuffer plain, long[] target, int count) {
        if (format != Format.INT96) {
            plain.asLongBuffer().get(target, 0, count);
            return;
        }
        if (parts.length < count * INT96_INTS) {
            parts = new int[count * INT96_INTS];
        }
        plain.asIntBuffer().get(parts, 0, count * INT96_INTS);
        for (int i = 0; i < count; i++) {
            int part = i * INT96_INTS;
            long nanosOfDay = parts[part] & 0xFFFFFFFFL | (long) parts[part + 1] << Integer.SIZE;
            long day = parts[part + 2] - EPOCH_JULIAN_DAY;
            if (day < -MOST_DAYS || day >= MOST_DAYS || nanosOfDay < 0 || nanosOfDay > NANOS_OF_DAY) {
                throw new ArithmeticException("not in a long of nanoseconds");
            }
            target[i] = day * NANOS_OF_DAY + nanosOfDay;
        }
    }

    /** Returns a timestamp of 96 bits as microseconds since 1970. */
    public static long int96(long nanosOfDay, int julianDay) {
        return (julianDay - EPOCH_JULIAN_DAY) * MICROS_OF_DAY + Math.floorDiv(nanosOfDay, 1_000L);
    }
}

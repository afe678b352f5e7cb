package pipeline.validator.dataset.content;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Totals over the rows of one group. Every row counts in {@link #rows}. Only finite values count in mean, minimum and maximum;
 * the others are counted separately. Timestamps are microseconds since 1970 in UTC.
 */
public final class Tally {
    /** Adding it turns -0.0 into 0.0, so that the answer does not depend on the order of files. */
    private static final double ZERO = 0.0;

    private final ValueBounds bounds;
    private final CompensatedSum sum = new CompensatedSum();
    private long rows;
    private long withoutValue;
    private long nulls;
    private long nans;
    private long infinities;
    private long outOfRange;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long nullTs;
    private long firstTs = Long.MAX_VALUE;
    private long lastTs = Long.MIN_VALUE;

    public Tally() {
        this(ValueBounds.BUILT_IN);
    }

    /** @param bounds those of the values that are added one by one or as a page */
    Tally(ValueBounds bounds) {
        this.bounds = bounds;
    }

    public void addValue(double value) {
        rows++;
        if (value - value == 0) {
            addFinite(value);
        } else if (Double.isNaN(value)) {
            nans++;
        } else {
            infinities++;
        }
    }

    private void addFinite(double value) {
        sum.add(value);
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (!bounds.contains(value)) {
            outOfRange++;
        }
    }

    /** Adds one row for each of the first {@code count} values, like {@link #addValue}, but several times as fast. */
    public void addValues(double[] values, int count) {
        double lowest = bounds.lowest();
        double highest = bounds.highest();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            double value = values[i];
            // Not Math.min, which takes as long as everything else here.
            low = value < low ? value : low;
            high = value > high ? value : high;
            if (!(value >= lowest && value <= highest)) {
                addOneByOne(values, count);
                return;
            }
        }
        rows += count;
        sum.add(values, count);
        min = Math.min(min, low);
        max = Math.max(max, high);
    }

    private void addOneByOne(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            addValue(values[i]);
        }
    }

    public void addNullValues(long count) {
        rows += count;
        nulls += count;
    }

    /** Adds rows of events that have no value, because nothing but their number counts. */
    public void addRows(long count) {
        rows += count;
        withoutValue += count;
    }

    public void addTs(long micros) {
        addTsRange(micros, micros);
    }

    public void addTsRange(long first, long last) {
        firstTs = Math.min(firstTs, first);
        lastTs = Math.max(lastTs, last);
    }

    public void addNullTs(long count) {
        nullTs += count;
    }

    public void add(Tally other) {
        sum.add(other.sum);
        rows += other.rows;
        withoutValue += other.withoutValue;
        nulls += other.nulls;
        nans += other.nans;
        infinities += other.infinities;
        outOfRange += other.outOfRange;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        nullTs += other.nullTs;
        addTsRange(other.firstTs, other.lastTs);
    }

    public long rows() {
        return rows;
    }

    public long nulls() {
        return nulls;
    }

    public long nans() {
        return nans;
    }

    public long infinities() {
        return infinities;
    }

    /** Returns how many rows have no finite value, though they should have one. */
    public long notFinite() {
        return nulls + nans + infinities;
    }

    /** Returns how many finite values are outside their bounds. */
    public long outOfRange() {
        return outOfRange;
    }

    public OptionalDouble mean() {
        long finite = rows - withoutValue - notFinite();
        return finite == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum.value() / finite);
    }

    public OptionalDouble min() {
        return max < min ? OptionalDouble.empty() : OptionalDouble.of(min + ZERO);
    }

    public OptionalDouble max() {
        return max < min ? OptionalDouble.empty() : OptionalDouble.of(max + ZERO);
    }

    public long nullTs() {
        return nullTs;
    }

    public OptionalLong firstTs() {
        return lastTs < firstTs ? OptionalLong.empty() : OptionalLong.of(firstTs);
    }

    public OptionalLong lastTs() {
        return lastTs < firstTs ? OptionalLong.empty() : OptionalLong.of(lastTs);
    }
}

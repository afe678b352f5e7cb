package pipeline.validator.dataset.content;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the footers of files say of one column, nested ones included.
 *
 * @param type as JSON Schema calls it, {@code date-time} or {@code date}
 * @param rows of the files
 * @param nulls nothing if a footer does not say; within lists, an empty list counts, too
 * @param bounds nothing if a footer does not say
 */
public record ColumnSum(String type, long rows, OptionalLong nulls, Optional<Bounds> bounds) {

    /**
     * The smallest and the largest value: booleans, doubles, texts, or longs, which in times are microseconds and in dates days
     * from 1970. Both are null if there are only nulls.
     */
    public record Bounds(Object min, Object max) {
        public static final Bounds NONE = new Bounds(null, null);

        Bounds plus(Bounds other) {
            if (min == null || other.min == null) {
                return min == null ? other : this;
            }
            return new Bounds(
                    compare(min, other.min) <= 0 ? min : other.min, compare(max, other.max) >= 0 ? max : other.max);
        }

        private static int compare(Object one, Object other) {
            return one instanceof Double number
                    ? Double.compare(number, (Double) other)
                    : Tallies.ORDER.compare(one, other);
        }
    }

    /** Returns the sum over files in which no row has a value, because their events have no such field. */
    static ColumnSum ofNulls(String type, long rows) {
        return new ColumnSum(type, rows, OptionalLong.of(rows), Optional.of(Bounds.NONE));
    }

    public static ColumnSum unknown(String type, long rows) {
        return new ColumnSum(type, rows, OptionalLong.empty(), Optional.empty());
    }

    public ColumnSum plus(ColumnSum other) {
        return new ColumnSum(
                type,
                rows + other.rows,
                nulls.isPresent() && other.nulls.isPresent()
                        ? OptionalLong.of(nulls.getAsLong() + other.nulls.getAsLong())
                        : OptionalLong.empty(),
                bounds.flatMap(known -> other.bounds.map(known::plus)));
    }
}

package pipeline.events.schema;

import java.io.Serializable;
import java.math.BigDecimal;

/** The numbers between two bounds. A bound that is null does not exist. */
public record Range(BigDecimal lower, boolean lowerIsIn, BigDecimal upper, boolean upperIsIn) implements Serializable {
    public static final Range ALL = new Range(null, false, null, false);

    public boolean contains(BigDecimal number) {
        return !isBelow(number) && !isAbove(number);
    }

    private boolean isBelow(BigDecimal number) {
        return lower != null && number.compareTo(lower) < (lowerIsIn ? 0 : 1);
    }

    private boolean isAbove(BigDecimal number) {
        return upper != null && number.compareTo(upper) > (upperIsIn ? 0 : -1);
    }

    /** Returns why a number is not in the range, for example {@code not in 0 to 100}. */
    public String problem(BigDecimal number) {
        if (lowerIsIn && upperIsIn) {
            return "not in " + lower + " to " + upper;
        }
        if (isBelow(number)) {
            return lowerIsIn ? "less than " + lower : "not more than " + lower;
        }
        return upperIsIn ? "more than " + upper : "not less than " + upper;
    }
}

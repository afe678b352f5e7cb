package pipeline.events.schema;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Set;

/**
 * The constraints of a number.
 *
 * @param multipleOf null if there is none
 * @param allowed the numbers that are allowed, without trailing zeros; null for all
 */
public record NumberRules(Range range, BigDecimal multipleOf, Set<BigDecimal> allowed) implements Serializable {
    public static final NumberRules NONE = new NumberRules(Range.ALL, null, null);

    /** Returns why the number breaks a rule, or null if it keeps them all. */
    public String problem(BigDecimal number) {
        if (!range.contains(number)) {
            return range.problem(number);
        }
        if (multipleOf != null && number.remainder(multipleOf).signum() != 0) {
            return "not a multiple of " + multipleOf;
        }
        if (allowed != null && !allowed.contains(number.stripTrailingZeros())) {
            return "not one of the allowed values";
        }
        return null;
    }
}

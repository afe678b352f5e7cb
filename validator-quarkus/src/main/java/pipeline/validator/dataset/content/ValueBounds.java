package pipeline.validator.dataset.content;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Set;
import pipeline.events.Event;
import pipeline.events.schema.NumberRules;

/**
 * The values that events may have, bounds included. An event may also be as near to an excluded bound, or to one that no double
 * is equal to, that rounding makes its value the double of the bound.
 */
public record ValueBounds(double lowest, double highest) {
    /** Those of {@link Event}. */
    public static final ValueBounds BUILT_IN = new ValueBounds(Event.MIN_VALUE, Event.MAX_VALUE);

    /** Those of any finite number. */
    public static final ValueBounds FINITE = new ValueBounds(-Double.MAX_VALUE, Double.MAX_VALUE);

    /** Returns those that a schema gives, by its bounds or by listing all values. */
    public static ValueBounds of(NumberRules rules) {
        Set<BigDecimal> allowed = rules.allowed();
        return FINITE.within(rules.range().lower(), rules.range().upper())
                .within(
                        allowed == null ? null : Collections.min(allowed),
                        allowed == null ? null : Collections.max(allowed));
    }

    private ValueBounds within(BigDecimal lower, BigDecimal upper) {
        return new ValueBounds(
                lower == null ? lowest : Math.max(lowest, lower.doubleValue()),
                upper == null ? highest : Math.min(highest, upper.doubleValue()));
    }

    public boolean contains(double value) {
        return value >= lowest && value <= highest;
    }
}

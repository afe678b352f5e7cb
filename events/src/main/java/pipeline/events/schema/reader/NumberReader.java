package pipeline.events.schema.reader;

import java.io.IOException;
import java.math.BigDecimal;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.NumberRules;
import pipeline.events.schema.ValueType.NumberType;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.ExactNumber;
import pipeline.events.schema.source.JsonText;

/** Reads numbers into the nearest {@link Double}. Rules are about the number itself, not about that double. */
final class NumberReader implements FieldReader {
    private final NumberRules rules;
    private final boolean anyExponent;
    private final boolean isRange;
    private final double lower;
    private final double upper;

    NumberReader(NumberType type) {
        this.rules = type.rules();
        this.anyExponent = type.anyExponent();
        this.isRange = rules.multipleOf() == null && rules.allowed() == null;
        this.lower = rules.range().lower() == null
                ? Double.NEGATIVE_INFINITY
                : rules.range().lower().doubleValue();
        this.upper = rules.range().upper() == null
                ? Double.POSITIVE_INFINITY
                : rules.range().upper().doubleValue();
    }

    @Override
    public Object read(JsonText text) throws IOException, RejectedEventException {
        if (!text.token().isNumeric()) {
            throw new RejectedEventException("not a number");
        }
        if (!anyExponent && text.hasFarExponent()) {
            throw new RejectedEventException(
                    "exponent not in -" + ExactNumber.MAX_EXPONENT + " to " + ExactNumber.MAX_EXPONENT);
        }
        double value = text.asDouble();
        if (!isCertain(value)) {
            String problem = problem(value, text.asExact());
            if (problem != null) {
                throw new RejectedEventException(problem);
            }
        }
        return value;
    }

    private String problem(double value, BigDecimal exact) {
        if (Double.isInfinite(value) && rules.range().contains(exact)) {
            return "not a finite double";
        }
        return rules.problem(exact);
    }

    @Override
    public Object scan(ByteScanner bytes) {
        if (!bytes.takeNumber()) {
            return ByteScanner.NOT_PLAIN;
        }
        double value = bytes.asDouble();
        if (!isCertain(value) && problem(value, bytes.asExact()) != null) {
            return ByteScanner.NOT_PLAIN;
        }
        return value;
    }

    /** A double between those of the bounds is nearest only to numbers between the bounds. */
    private boolean isCertain(double value) {
        return isRange && value > lower && value < upper;
    }
}

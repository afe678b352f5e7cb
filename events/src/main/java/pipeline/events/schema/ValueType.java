package pipeline.events.schema;

import java.io.Serializable;
import java.util.Set;

/** The type of a value that is not null, with its constraints. */
public sealed interface ValueType extends Serializable {

    /**
     * An integer, in a column of 64 bits.
     *
     * @param is32Bit whether its column has 32 bits, as only one of the built-in event has
     */
    record IntegerType(NumberRules rules, boolean is32Bit) implements ValueType {}

    /**
     * A finite double.
     *
     * @param anyExponent whether numbers such as {@code 1e-999} are taken, as only the built-in event does
     */
    record NumberType(NumberRules rules, boolean anyExponent) implements ValueType {}

    /** @param allowed the values that are allowed, null for both */
    record BooleanType(Set<Boolean> allowed) implements ValueType {}

    record StringType(TextRules rules) implements ValueType {}

    /** A date-time of RFC 3339, in a column of microseconds. */
    record DateTimeType(TextRules rules) implements ValueType {}

    /** A date of RFC 3339, in a column of days. */
    record DateType(TextRules rules) implements ValueType {}

    /** @param length the number of its items */
    record ArrayType(Shape items, Count length) implements ValueType {}

    /** Its fields are those of {@link ObjectType}. */
    record StructType(ObjectType object) implements ValueType {}
}

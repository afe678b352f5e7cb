package pipeline.events.schema.sample;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import pipeline.events.schema.Shape;
import pipeline.events.schema.TextRules;
import pipeline.events.schema.ValueType;

/** Chooses how the values of a shape are made up. */
final class RandomValues {
    private static final int NULL_IN = 10;

    /** Few enough that each group has events in each window of time. */
    private static final int GROUPS = 20;

    private RandomValues() {}

    /** @param at the JSON pointer of the shape in the schema file */
    static RandomValue of(Shape shape, String at) {
        return orNull(shape, notNull(shape, at));
    }

    /** Of strings that may be any text it makes up only a few, and the same ones after each start. */
    static RandomValue ofGroup(Shape shape, String at) {
        RandomValue value = notNull(shape, at);
        boolean isAnyText = shape.type() instanceof ValueType.StringType && !(value instanceof ListedValue);
        return orNull(shape, isAnyText ? few(value) : value);
    }

    private static RandomValue few(RandomValue value) {
        SplittableRandom random = new SplittableRandom(GROUPS);
        Set<String> values = new LinkedHashSet<>();
        for (int i = 0; i < GROUPS; i++) {
            StringBuilder json = new StringBuilder();
            value.append(json, random, Instant.EPOCH);
            values.add(json.toString());
        }
        return new ListedValue(List.copyOf(values));
    }

    /** Its examples are times of other events, so they are only used if there is a pattern. */
    static RandomValue timeOfEvent(Shape shape, String at) {
        TextRules rules = ((ValueType.DateTimeType) shape.type()).rules();
        return rules.allowed() == null && rules.pattern() == null ? RandomTime.now(rules, at) : of(shape, at);
    }

    private static RandomValue orNull(Shape shape, RandomValue value) {
        if (!shape.takesNull()) {
            return value;
        }
        return (json, random, now) -> {
            if (random.nextInt(NULL_IN) == 0) {
                json.append("null");
            } else {
                value.append(json, random, now);
            }
        };
    }

    private static RandomValue notNull(Shape shape, String at) {
        RandomValue listed = ListedValue.of(shape, at);
        return listed != null ? listed : ofType(shape.type(), at);
    }

    private static RandomValue ofType(ValueType type, String at) {
        if (type instanceof ValueType.IntegerType integer) {
            return RandomNumber.integer(integer.rules(), at);
        } else if (type instanceof ValueType.NumberType number) {
            return RandomNumber.number(number.rules(), at);
        } else if (type instanceof ValueType.BooleanType) {
            return new ListedValue(List.of("false", "true"));
        } else if (type instanceof ValueType.StringType string) {
            return RandomText.of(withoutPattern(string.rules(), at), at);
        } else if (type instanceof ValueType.DateTimeType dateTime) {
            return RandomTime.dateTime(withoutPattern(dateTime.rules(), at), at);
        } else if (type instanceof ValueType.DateType date) {
            return RandomTime.date(withoutPattern(date.rules(), at), at);
        } else if (type instanceof ValueType.ArrayType array) {
            return ofItems(array, at);
        } else {
            ValueType.StructType struct = (ValueType.StructType) type;
            return new RandomObject(struct.object(), at, (field, place) -> of(field.shape(), place));
        }
    }

    private static TextRules withoutPattern(TextRules rules, String at) {
        if (rules.pattern() != null) {
            throw new NoSampleException(
                    at + ": a string with a pattern needs examples to be simulated: add \"examples\": [\"…\"]");
        }
        return rules;
    }

    private static RandomValue ofItems(ValueType.ArrayType array, String at) {
        Lengths lengths = Lengths.ofItems(array.length(), at);
        RandomValue item = of(array.items(), at + "/items");
        return (json, random, now) -> {
            json.append('[');
            int length = lengths.next(random);
            for (int i = 0; i < length; i++) {
                json.append(i == 0 ? "" : ",");
                item.append(json, random, now);
            }
            json.append(']');
        };
    }
}

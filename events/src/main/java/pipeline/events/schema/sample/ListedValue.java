package pipeline.events.schema.sample;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.Roles;
import pipeline.events.schema.Shape;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.decode.EventDecoder;
import pipeline.events.schema.reader.Values;

/**
 * One of some values, each as often as the others.
 *
 * @param values their JSON
 */
record ListedValue(List<String> values) implements RandomValue {
    @Override
    public void append(StringBuilder json, RandomGenerator random, Instant now) {
        json.append(values.get(random.nextInt(values.size())));
    }

    /** Returns the examples of a shape, or else the valid ones of the values that are allowed, or null if it lists neither. */
    static ListedValue of(Shape shape, String at) {
        if (!shape.examples().isEmpty()) {
            requireValid(shape, at);
            return new ListedValue(shape.examples());
        }
        List<String> allowed = allowed(shape.type());
        if (allowed == null) {
            return null;
        }
        if (allowed.isEmpty()) {
            // The file allows only null.
            return new ListedValue(List.of("null"));
        }
        List<String> valid = allowed.stream()
                .filter(value -> problem(shape, "value", value) == null)
                .toList();
        if (valid.isEmpty()) {
            throw new NoSampleException(
                    at + ": no value is valid: the other constraints exclude those of enum and const");
        }
        return new ListedValue(valid);
    }

    private static void requireValid(Shape shape, String at) {
        for (int i = 0; i < shape.examples().size(); i++) {
            String problem = problem(shape, "" + i, shape.examples().get(i));
            if (problem != null) {
                throw new NoSampleException(at + "/examples" + (problem.startsWith("/") ? "" : "/") + problem);
            }
        }
    }

    /** Returns why a value is not valid, or null; it begins with the value's name, or the JSON pointer of a value inside. */
    private static String problem(Shape shape, String name, String json) {
        ObjectType event = new ObjectType(List.of(new Field(name, shape, true, true)), true);
        EventSchema schema = new EventSchema(event, Roles.NONE, EventSchema.Unknown.DROP, "", "", false);
        try {
            new EventDecoder(schema, new UnusedValues())
                    .decode(("{\"" + name + "\":" + json + "}").getBytes(StandardCharsets.UTF_8));
            return null;
        } catch (RejectedEventException e) {
            return e.getMessage();
        }
    }

    /** Returns the JSON of the values that are allowed, in an order that is always the same, or null if all are. */
    private static List<String> allowed(ValueType type) {
        if (type instanceof ValueType.IntegerType integer) {
            return sorted(integer.rules().allowed(), BigDecimal::toPlainString);
        } else if (type instanceof ValueType.NumberType number) {
            return sorted(number.rules().allowed(), BigDecimal::toPlainString);
        } else if (type instanceof ValueType.BooleanType bool) {
            return sorted(bool.allowed(), String::valueOf);
        } else if (type instanceof ValueType.StringType string) {
            return sorted(string.rules().allowed(), RandomText::quoted);
        } else if (type instanceof ValueType.DateTimeType dateTime) {
            return sorted(dateTime.rules().allowed(), RandomText::quoted);
        } else if (type instanceof ValueType.DateType date) {
            return sorted(date.rules().allowed(), RandomText::quoted);
        } else {
            return null;
        }
    }

    private static <T> List<String> sorted(Set<T> values, Function<T, String> json) {
        return values == null ? null : values.stream().map(json).sorted().toList();
    }

    /** Nobody looks at decoded values. */
    private static final class UnusedValues implements Values {
        @Override
        public Object string(String text) {
            return text;
        }

        @Override
        public Object string(byte[] bytes, int from, int length) {
            return bytes;
        }

        @Override
        public Object struct(Object[] fields) {
            return fields;
        }

        @Override
        public Object list(Object[] items) {
            return items;
        }
    }
}

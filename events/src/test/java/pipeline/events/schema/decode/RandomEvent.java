package pipeline.events.schema.decode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import pipeline.events.schema.Field;
import pipeline.events.schema.NumberRules;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.Shape;
import pipeline.events.schema.TextRules;
import pipeline.events.schema.ValueType;

/** Makes the JSON of events of a schema: most are valid, or wrong in one place. */
public final class RandomEvent {
    private static final List<String> OTHER_TYPES =
            List.of("null", "true", "\"x\"", "\"\"", "7", "-1.5", "[]", "{}", "[1]", "{\"id\":1}");
    private static final List<String> UNKNOWN_NAMES = List.of("coupon", "x/y", "a~b", "ID", "", "\u00e9", "q\\\"q");
    private static final List<String> UNKNOWN_VALUES = List.of(
            "null",
            "\"C10\"",
            "[ 1, {\"a\" : [ ] } ]",
            "-12.50",
            "1e5",
            "\"\\u00e9\"",
            "\"\u00e9\"",
            "{\"id\":{\"id\":true}}",
            "false");
    private static final List<String> DATE_TIMES = List.of(
            "2026-11-22T12:34:56.123456Z",
            "2026-11-22T12:34:56Z",
            "2024-02-29T23:59:59.5+05:30",
            "1969-12-31T23:59:59.999999Z",
            "2000-02-29T00:00:00-11:00",
            "2026-11-22t12:34:56z");
    private static final List<String> NO_DATE_TIMES = List.of(
            "2026-11-22T12:34:56",
            "2026-02-29T12:34:56Z",
            "2026-11-22",
            "2026-11-22T25:00:00Z",
            "2026-11-22T12:34Z",
            "now");
    private static final List<String> DATES = List.of("2026-11-22", "2024-02-29", "1582-10-10", "1970-01-01");
    private static final List<String> NO_DATES = List.of("2026-02-29", "2026-13-01", "26-11-22", "2026-11-22Z", "");
    private static final List<String> UUIDS =
            List.of("123e4567-e89b-12d3-a456-426614174000", "FFFFFFFF-ffff-FFFF-ffff-000000000000");
    private static final List<String> NEAR = List.of("0", "1", "-1", "0.5", "1e-20", "-1e-20", "0.001", "100", "-100");

    private final Random random;

    /** In how many of the values that are read something is wrong. */
    private double wrong;

    public RandomEvent(Random random) {
        this.random = random;
    }

    /** Returns an event. */
    public String next(ObjectType type) {
        wrong = random.nextInt(5) < 2 ? 0 : 0.1;
        return object(type);
    }

    private String object(ObjectType type) {
        List<String> fields = new ArrayList<>();
        for (Field field : type.fields()) {
            boolean isLeftOut = field.required() ? isWrong(1) : random.nextInt(3) == 0;
            if (!isLeftOut) {
                fields.add(field(field.name(), value(field.shape())));
            }
        }
        if (type.takesOthers() ? random.nextInt(3) == 0 : isWrong(1)) {
            fields.add(random.nextInt(fields.size() + 1), field(pick(UNKNOWN_NAMES), pick(UNKNOWN_VALUES)));
        }
        if (random.nextInt(5) == 0) {
            Collections.shuffle(fields, random);
        }
        return "{" + space() + String.join("," + space(), fields) + space() + "}";
    }

    private String field(String name, String value) {
        return "\"" + name + "\"" + space() + ":" + space() + value;
    }

    private String value(Shape shape) {
        if (shape.takesNull() ? random.nextInt(4) == 0 : isWrong(0.05)) {
            return "null";
        }
        return isWrong(0.15) ? pick(OTHER_TYPES) : value(shape.type());
    }

    private String value(ValueType type) {
        if (type instanceof ValueType.IntegerType integer) {
            return number(integer.rules(), true).toBigInteger().toString();
        } else if (type instanceof ValueType.NumberType number) {
            return written(number(number.rules(), false));
        } else if (type instanceof ValueType.BooleanType bool) {
            boolean value = (bool.allowed() == null || bool.allowed().isEmpty())
                    ? random.nextBoolean()
                    : bool.allowed().iterator().next();
            return "" + (isWrong(1) != value);
        } else if (type instanceof ValueType.StringType string) {
            return quoted(text(string.rules()));
        } else if (type instanceof ValueType.DateTimeType) {
            return quoted(pick(isWrong(1) ? NO_DATE_TIMES : DATE_TIMES));
        } else if (type instanceof ValueType.DateType) {
            return quoted(pick(isWrong(1) ? NO_DATES : DATES));
        } else if (type instanceof ValueType.ArrayType array) {
            return array(array);
        } else {
            return object(((ValueType.StructType) type).object());
        }
    }

    private BigDecimal number(NumberRules rules, boolean isInteger) {
        BigDecimal near = BigDecimal.ZERO;
        for (int attempt = 0; attempt < 30; attempt++) {
            near = near(rules);
            if (isInteger) {
                near = new BigDecimal(near.toBigInteger());
            }
            if (isWrong(1) != (rules.problem(near) == null)) {
                return near;
            }
        }
        return near;
    }

    /** Returns a number near a bound or an allowed value, and mostly a multiple of what it has to be. */
    private BigDecimal near(NumberRules rules) {
        List<BigDecimal> centers =
                new ArrayList<>(List.of(BigDecimal.ZERO, BigDecimal.valueOf(random.nextInt(2000) - 1000, 2)));
        if (rules.range().lower() != null) {
            centers.add(rules.range().lower());
        }
        if (rules.range().upper() != null) {
            centers.add(rules.range().upper());
        }
        if (rules.allowed() != null) {
            centers.addAll(rules.allowed());
        }
        BigDecimal center = pick(centers);
        if (random.nextInt(20) == 0) {
            // As many digits as a double may need, so that rounding matters.
            center = center.add(BigDecimal.valueOf(random.nextLong(), 18));
        }
        center = random.nextInt(3) == 0 ? center : center.add(new BigDecimal(pick(NEAR)));
        if (rules.multipleOf() != null && random.nextInt(4) > 0) {
            center = center.subtract(center.remainder(rules.multipleOf()));
        }
        return center;
    }

    private String written(BigDecimal number) {
        return switch (random.nextInt(10)) {
            case 0 -> number.unscaledValue() + "e" + -number.scale();
            case 1 -> number.setScale(Math.max(1, number.scale() + 1)).toPlainString();
            case 2 ->
                number.setScale(25 + random.nextInt(20), RoundingMode.HALF_UP).toPlainString();
            default ->
                number.signum() == 0 && random.nextInt(4) == 0
                        ? pick(List.of("-0", "-0.0", "0e5"))
                        : number.toPlainString();
        };
    }

    private String text(TextRules rules) {
        for (int attempt = 0; attempt < 30; attempt++) {
            String text = pick(candidates(rules));
            if (isWrong(2) != (rules.problem(text) == null)) {
                return text;
            }
        }
        return "?";
    }

    private List<String> candidates(TextRules rules) {
        List<List<String>> candidates = new ArrayList<>(List.of(RandomSchema.TEXTS));
        if (rules.allowed() != null) {
            candidates.add(List.copyOf(rules.allowed()));
        }
        if (rules.isUuid()) {
            candidates.add(UUIDS);
        }
        if (rules.pattern() != null) {
            candidates.add(RandomSchema.PATTERNS.get(rules.pattern().pattern()));
        }
        candidates.removeIf(List::isEmpty);
        return pick(candidates);
    }

    private String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints().mapToObj(Character::toString).forEach(c -> {
            boolean isEscaped = c.equals("\"") || c.equals("\\") || c.charAt(0) < ' ' || random.nextInt(40) == 0;
            // Both halves of a pair are escaped, or none.
            json.append(isEscaped ? escaped(c) : c);
        });
        return json.append('"').toString();
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
        return json.toString();
    }

    private String array(ValueType.ArrayType type) {
        int max = Math.min(type.length().max(), type.length().min() + 2);
        int count = isWrong(1)
                ? random.nextInt(6)
                : type.length().min() + random.nextInt(max - type.length().min() + 1);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(value(type.items()));
        }
        return "[" + space() + String.join(",", items) + space() + "]";
    }

    private String space() {
        return random.nextInt(10) == 0 ? pick(List.of(" ", "\n\t", "\r\n ")) : "";
    }

    private boolean isWrong(double share) {
        return random.nextDouble() < wrong * share;
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}

package pipeline.events.schema.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes the JSON of objects that have a shape in common, apart from some values. They are deeper than schemas can be, and some have
 * fields twice. Values are at the limits of what columns can hold.
 */
final class RandomObjects {
    private static final int MAX_DEPTH = 14;

    private static final List<String> NAMES = List.of(
            "id",
            "ID",
            "Id",
            "a",
            "b",
            "c",
            "d",
            "e",
            "f",
            "g",
            "h",
            "x y",
            "kafka_offset",
            "Rescued",
            "\\u0061",
            "",
            "\\ud800",
            "\u00e9");

    /** Of each list, the last value is often the only one that another column would need, or none could have. */
    private static final List<List<String>> SCALARS = List.of(
            List.of("0", "-0", "7", "9223372036854775807", "-9223372036854775808", "9223372036854775808"),
            List.of("1", "-2", "1".repeat(400)),
            List.of("1", "1763812345678", "1.5"),
            List.of("1", "1.5", "-0.0", "1e400", "1E-400", "1.7976931348623157e308"),
            List.of("1.5", "0e400", "1e401"),
            List.of("1.5", "1e-400", "0e999999999"),
            List.of("2.5", "1e308", "-" + "9".repeat(310) + ".5"),
            List.of("true", "false", "0"),
            List.of("\"a\"", "\"\"", "\"\\ud83d\\ude00\"", "\"\u00e9\""),
            List.of("\"a\"", "\"b\"", "\"\\ud83d\""),
            List.of("\"2026-11-22T12:34:56Z\"", "\"2026-11-22t12:34:56.123456+23:59\"", "\"2026-11-22T12:34:60Z\""),
            List.of("\"2026-11-22T12:34:56Z\"", "\"2026-11-22T12:34:56\""),
            List.of("\"2026-11-22\"", "\"0001-01-01\"", "\"9999-12-31\"", "\"0000-01-01\""),
            List.of("\"123e4567-e89b-12d3-a456-426614174000\"", "\"FFFFFFFF-ffff-FFFF-ffff-000000000000\"", "\"1-2\""),
            List.of("null", "1"));

    private final Random random;

    /** Whether most values are objects or arrays, of which few are at the same depth. */
    private final boolean isDeep;

    private final Shape event;

    RandomObjects(Random random) {
        this.random = random;
        this.isDeep = random.nextInt(5) == 0;
        this.event = object(0);
    }

    /** Makes values that have something in common. */
    private interface Shape {
        String json();
    }

    private Shape object(int depth) {
        List<String> names = new ArrayList<>();
        List<Shape> values = new ArrayList<>();
        for (int i = random.nextInt(isDeep ? 2 : 5); i >= 0; i--) {
            names.add(NAMES.get(random.nextInt(NAMES.size())));
            values.add(value(depth + 1));
        }
        return () -> {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (random.nextInt(8) > 0) {
                    fields.add("\"" + names.get(i) + "\":" + values.get(i).json());
                }
            }
            return "{" + String.join(",", fields) + "}";
        };
    }

    private Shape array(int depth) {
        Shape item = value(depth + 1);
        return () -> {
            List<String> items = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                items.add(item.json());
            }
            return "[" + String.join(",", items) + "]";
        };
    }

    private Shape value(int depth) {
        Shape value = notNull(depth);
        if (random.nextInt(6) == 0) {
            return () -> random.nextInt(5) == 0 ? "null" : value.json();
        }
        Shape other = random.nextInt(12) == 0 ? notNull(Math.max(depth, MAX_DEPTH - 2)) : value;
        return () -> (random.nextInt(10) == 0 ? other : value).json();
    }

    private Shape notNull(int depth) {
        int kind = depth >= MAX_DEPTH ? 9 : random.nextInt(isDeep ? 5 : 10);
        if (kind < 2) {
            return object(depth);
        } else if (kind < 4) {
            return array(depth);
        } else {
            List<String> values = SCALARS.get(random.nextInt(SCALARS.size()));
            int choices = values.size() - random.nextInt(2);
            return () -> values.get(random.nextInt(choices));
        }
    }

    String next() {
        return event.json();
    }
}

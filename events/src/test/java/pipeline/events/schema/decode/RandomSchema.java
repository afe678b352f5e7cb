package pipeline.events.schema.decode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes schema files with each supported keyword. Most have valid events. */
public final class RandomSchema {
    /** Patterns that mean the same to every engine, each with strings that match. */
    public static final Map<String, List<String>> PATTERNS = Map.of(
            "^[A-Z]{2}$", List.of("DE", "FR", "US"),
            "[0-9]+", List.of("7", "a12b", "0"),
            "^(red|green)", List.of("red", "greenish"),
            "\\d{3}-\\d{2}$", List.of("123-45", "x999-00"),
            "^\\w*$", List.of("", "a_1", "Zz"));

    static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "ab",
            "DE",
            "red",
            "a b",
            "0",
            "12",
            "\u00e9",
            "\ud83d\ude00\ud83d\ude00",
            "x".repeat(9),
            "a\"\\\n");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> MULTIPLES = List.of("1", "2", "5", "0.01", "0.25", "3", "1e1");
    private static final List<String> NAMES = List.of(
            "id", "amount", "country", "ts", "tags", "customer", "a", "b", "A", "x y", "kafka_key", "note", "_n");

    private final Random random;

    public RandomSchema(Random random) {
        this.random = random;
    }

    public ObjectNode next() {
        ObjectNode root = object(0);
        root.remove("enum");
        if (chance(3)) {
            root.putObject("x-pipeline").put("unknown", chance(2) ? "drop" : "rescue");
        }
        return root;
    }

    private ObjectNode object(int depth) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        // The first is a name that a column can have.
        for (int i = 1 + random.nextInt(depth == 0 ? 6 : 3); i > 0; i--) {
            String name = properties.isEmpty() ? "id" : pick(NAMES);
            properties.set(name, value(depth + 1));
            if (chance(2)) {
                required.add(name);
            }
        }
        if (!required.isEmpty() || chance(2)) {
            schema.set("required", required);
        }
        if (chance(3)) {
            schema.put("additionalProperties", chance(2));
        }
        return schema;
    }

    private ObjectNode value(int depth) {
        ObjectNode schema =
                switch (random.nextInt(depth < 4 ? 12 : 8)) {
                    case 0, 1 -> integer();
                    case 2, 3 -> number();
                    case 4 -> bool();
                    case 5, 6 -> string();
                    case 7 -> time();
                    case 8, 9 -> object(depth);
                    default -> array(depth);
                };
        if (chance(6)) {
            schema.put("title", "x").put("x-note", 1);
        }
        if (chance(4)) {
            ArrayNode types = JSON.arrayNode();
            types.add(schema.get("type")).add("null");
            schema.set("type", types);
        }
        return schema;
    }

    private ObjectNode integer() {
        ObjectNode schema = JSON.objectNode().put("type", "integer");
        if (chance(5)) {
            ArrayNode values = schema.putArray("enum");
            for (int i = 0; i < 4; i++) {
                values.add(random.nextInt(20) - 5);
            }
            return withNull(values, schema);
        }
        if (chance(8)) {
            return schema.put("const", random.nextInt(10));
        }
        bounds(schema, random.nextInt(40) - 20);
        if (chance(4)) {
            schema.put("multipleOf", new BigDecimal(pick(MULTIPLES)));
        }
        return schema;
    }

    private ObjectNode number() {
        ObjectNode schema = JSON.objectNode().put("type", "number");
        if (chance(6)) {
            ArrayNode values = schema.putArray("enum");
            for (String value : List.of("1.5", "2", "-0.1", "1e2", "0.30")) {
                values.add(new BigDecimal(value));
            }
            return withNull(values, schema);
        }
        if (chance(8)) {
            return schema.put("const", new BigDecimal("0.1"));
        }
        bounds(schema, random.nextInt(400) / 10.0 - 20);
        if (chance(3)) {
            schema.put("multipleOf", new BigDecimal(pick(MULTIPLES)));
        }
        return schema;
    }

    private void bounds(ObjectNode schema, double low) {
        BigDecimal lower = BigDecimal.valueOf(low);
        BigDecimal upper = lower.add(BigDecimal.valueOf(random.nextInt(50)));
        switch (random.nextInt(4)) {
            case 0 -> schema.put("minimum", lower);
            case 1 -> schema.put("exclusiveMinimum", lower);
            default -> {}
        }
        switch (random.nextInt(4)) {
            case 0 -> schema.put("maximum", upper);
            case 1 -> schema.put("exclusiveMaximum", upper);
            default -> {}
        }
    }

    private ObjectNode bool() {
        ObjectNode schema = JSON.objectNode().put("type", "boolean");
        return chance(3) ? schema.put("const", chance(2)) : schema;
    }

    private ObjectNode string() {
        ObjectNode schema = JSON.objectNode().put("type", "string");
        switch (random.nextInt(9)) {
            case 0 -> {
                ArrayNode values = schema.putArray("enum");
                List.of("DE", "FR", "", "a b").forEach(values::add);
                return withNull(values, schema);
            }
            case 1 -> schema.put("const", pick(TEXTS));
            case 2 -> schema.put("pattern", pick(List.copyOf(PATTERNS.keySet())));
            case 3 -> schema.put("format", pick(List.of("uuid", "uuid", "x-unknown")));
            default -> {
                if (chance(2)) {
                    schema.put("minLength", 1 + random.nextInt(2));
                }
                if (chance(2)) {
                    schema.put("maxLength", 2 + random.nextInt(6));
                }
            }
        }
        return schema;
    }

    private ObjectNode time() {
        return JSON.objectNode().put("type", "string").put("format", chance(3) ? "date" : "date-time");
    }

    private ObjectNode array(int depth) {
        ObjectNode schema = JSON.objectNode().put("type", "array");
        schema.set("items", value(depth + 1));
        if (chance(2)) {
            schema.put("minItems", 1 + random.nextInt(2));
        }
        if (chance(2)) {
            schema.put("maxItems", 2 + random.nextInt(2));
        }
        return schema;
    }

    /** Adds null to some lists, so that a type with null takes it only there. */
    private ObjectNode withNull(ArrayNode values, ObjectNode schema) {
        if (chance(3)) {
            values.addNull();
        }
        return schema;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}

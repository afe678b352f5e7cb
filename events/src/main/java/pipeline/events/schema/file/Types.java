package pipeline.events.schema.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the keywords {@code type}, {@code enum} and {@code const} of a schema say.
 *
 * @param name the only type apart from null
 * @param takesNull whether null is allowed, too
 * @param allowed the values of {@code enum} and {@code const}, null for all
 */
record Types(String name, boolean takesNull, List<JsonNode> allowed) {
    private static final String NULL = "null";
    private static final List<String> NAMES = List.of("integer", "number", "boolean", "string", "object", "array");
    private static final String SUPPORTED = "supported are " + String.join(", ", NAMES) + ", or one of them with null";

    static Types of(SchemaNode node) {
        List<JsonNode> allowed = allowed(node);
        Set<String> types = node.has("type") ? declared(node.get("type")) : typesOf(node, allowed);
        boolean listsNull = allowed == null || allowed.stream().anyMatch(JsonNode::isNull);
        boolean takesNull = types.remove(NULL) && listsNull;
        if (types.size() != 1) {
            throw (node.has("type") ? node.get("type") : node).wrong("not supported; " + SUPPORTED);
        }
        Types result = new Types(types.iterator().next(), takesNull, allowed);
        node.require(
                allowed == null || takesNull || allowed.stream().anyMatch(result::isOfType),
                "enum and const have no value of the type " + result.name);
        return result;
    }

    private static Set<String> declared(SchemaNode type) {
        Set<String> types = new TreeSet<>();
        if (type.json().isTextual()) {
            types.add(type.text());
        } else {
            type.require(type.json().isArray(), "not supported; " + SUPPORTED);
            type.items().forEach(item -> types.add(item.text()));
        }
        type.require(
                types.stream().allMatch(name -> name.equals(NULL) || NAMES.contains(name)),
                "not supported; " + SUPPORTED);
        return types;
    }

    private static Set<String> typesOf(SchemaNode node, List<JsonNode> allowed) {
        node.require(allowed != null, "has no type; " + SUPPORTED);
        Set<String> types = allowed.stream().map(Types::typeOf).collect(Collectors.toCollection(TreeSet::new));
        if (types.contains("number")) {
            types.remove("integer");
        }
        types.remove(NULL);
        node.require(types.size() == 1, "has no type, and enum and const have no values of one type; " + SUPPORTED);
        types.add(NULL);
        return types;
    }

    private static String typeOf(JsonNode value) {
        if (value.isNull()) {
            return NULL;
        } else if (value.isTextual()) {
            return "string";
        } else if (value.isBoolean()) {
            return "boolean";
        } else {
            return value.isIntegralNumber() ? "integer" : "number";
        }
    }

    private boolean isOfType(JsonNode value) {
        return switch (name) {
            case "integer", "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> value.isTextual();
        };
    }

    /** Returns the values that both keywords allow, or null if there is neither. */
    private static List<JsonNode> allowed(SchemaNode node) {
        if (!node.has("enum")) {
            return node.has("const") ? List.of(scalar(node.get("const")).json()) : null;
        }
        SchemaNode list = node.get("enum");
        list.require(list.json().isArray() && !list.json().isEmpty(), "has to be an array with values");
        List<JsonNode> values =
                list.items().stream().map(item -> scalar(item).json()).toList();
        if (!node.has("const")) {
            return values;
        }
        JsonNode only = scalar(node.get("const")).json();
        return values.stream().filter(value -> isEqual(value, only)).toList();
    }

    private static boolean isEqual(JsonNode a, JsonNode b) {
        return (a.isNumber() && b.isNumber()) ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
    }

    private static SchemaNode scalar(SchemaNode value) {
        value.require(
                value.json().isValueNode(), "not supported; supported are strings, numbers, true, false and null");
        if (value.json().isNumber()) {
            value.number();
        }
        return value;
    }

    /** Returns the numbers among the allowed values, without trailing zeros, or null if all are allowed. */
    Set<BigDecimal> numbers() {
        return values(JsonNode::isNumber, value -> value.decimalValue().stripTrailingZeros());
    }

    Set<String> texts() {
        return values(JsonNode::isTextual, JsonNode::textValue);
    }

    Set<Boolean> booleans() {
        return values(JsonNode::isBoolean, JsonNode::booleanValue);
    }

    private <T> Set<T> values(Predicate<JsonNode> ofType, Function<JsonNode, T> value) {
        return allowed == null
                ? null
                : allowed.stream().filter(ofType).map(value).collect(Collectors.toUnmodifiableSet());
    }
}

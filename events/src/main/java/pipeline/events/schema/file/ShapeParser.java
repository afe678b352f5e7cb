package pipeline.events.schema.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pipeline.events.schema.Count;
import pipeline.events.schema.Field;
import pipeline.events.schema.NumberRules;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.Shape;
import pipeline.events.schema.TextRules;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.ValueType.ArrayType;
import pipeline.events.schema.ValueType.BooleanType;
import pipeline.events.schema.ValueType.DateTimeType;
import pipeline.events.schema.ValueType.DateType;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.events.schema.ValueType.NumberType;
import pipeline.events.schema.ValueType.StringType;
import pipeline.events.schema.ValueType.StructType;

/** Reads what the values of an event may be. */
final class ShapeParser {
    private final boolean isBuiltIn;

    /** @param isBuiltIn whether the file is that of the built-in event, whose column id has 32 bits */
    ShapeParser(boolean isBuiltIn) {
        this.isBuiltIn = isBuiltIn;
    }

    ObjectType event(SchemaNode root) {
        root.require(root.json().isObject(), "has to be a JSON Schema, which is an object");
        Keywords.check(root);
        Types types = Types.of(root);
        root.require(
                types.name().equals("object") && !types.takesNull(),
                "not supported; supported is \"type\": \"object\" for an event");
        return ((StructType) type(root, types, 0)).object();
    }

    private Shape shape(SchemaNode node, int depth) {
        node.require(node.json().isObject(), "not supported; supported is an object with keywords");
        node.require(
                depth <= SchemaFile.MAX_DEPTH,
                "not supported; supported are objects and arrays to a depth of " + SchemaFile.MAX_DEPTH);
        Keywords.check(node);
        Types types = Types.of(node);
        return new Shape(type(node, types, depth), types.takesNull(), examples(node));
    }

    private static List<String> examples(SchemaNode node) {
        return node.has("examples")
                ? node.get("examples").items().stream()
                        .map(example -> example.json().toString())
                        .toList()
                : List.of();
    }

    /** Keywords for other types than the value's have no effect, as in JSON Schema, but are checked like the others. */
    private ValueType type(SchemaNode node, Types types, int depth) {
        NumberRules numbers = Constraints.numbers(node, types.numbers());
        TextRules texts = Constraints.texts(node, types.texts());
        Count length = Constraints.items(node);
        String format = node.has("format") ? node.get("format").text() : "";
        return switch (types.name()) {
            case "integer" -> new IntegerType(numbers, isBuiltIn && format.equals("int32"));
            case "number" -> new NumberType(numbers, isBuiltIn);
            case "boolean" -> new BooleanType(types.booleans());
            case "string" ->
                switch (format) {
                    case "date-time" -> new DateTimeType(texts);
                    case "date" -> new DateType(texts);
                    default -> new StringType(texts);
                };
            case "array" -> array(node, types, length, depth);
            default -> new StructType(object(node, types, depth));
        };
    }

    private ArrayType array(SchemaNode node, Types types, Count length, int depth) {
        requireAnyValue(node, types);
        node.require(node.has("items"), "has no items; supported are arrays with items of one type");
        return new ArrayType(shape(node.get("items"), depth + 1), length);
    }

    private ObjectType object(SchemaNode node, Types types, int depth) {
        requireAnyValue(node, types);
        node.require(
                node.has("properties") && node.get("properties").json().isObject(),
                "has no properties; supported are objects with properties");
        Set<String> required = required(node);
        List<Field> fields = fields(node.get("properties"), required, depth);
        node.require(
                depth == 0 || fields.stream().anyMatch(Field::isColumn),
                "has no property that can be a column; supported are names such as " + ColumnNames.form());
        boolean takesOthers = !node.has("additionalProperties")
                || node.get("additionalProperties").bool();
        return new ObjectType(fields, takesOthers);
    }

    private static void requireAnyValue(SchemaNode node, Types types) {
        node.require(
                types.allowed() == null,
                "enum and const are not supported for the type " + types.name()
                        + "; supported are strings, numbers and booleans");
    }

    private static Set<String> required(SchemaNode node) {
        Set<String> required = new HashSet<>();
        if (node.has("required")) {
            for (SchemaNode name : node.get("required").items()) {
                name.require(
                        node.get("properties").has(name.text()),
                        "names no property; supported are names of properties");
                required.add(name.text());
            }
        }
        return required;
    }

    private List<Field> fields(SchemaNode properties, Set<String> required, int depth) {
        List<Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String name : properties.names()) {
            boolean isColumn = ColumnNames.canBe(name, depth == 0) && taken.add(ColumnNames.key(name));
            fields.add(new Field(name, shape(properties.get(name), depth + 1), required.contains(name), isColumn));
        }
        return fields;
    }
}

package pipeline.events.schema.draft;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.draft.SchemaDraft.Row;

/**
 * The draft of a field of an object, or of the items of an array.
 *
 * @param name of the field, {@value #ITEMS} for items
 * @param sample what was seen of it
 * @param places how many objects or arrays could have it
 * @param inside the fields of its objects, or the items of its arrays
 */
record FieldDraft(String name, FieldSample sample, long places, Choice choice, List<FieldDraft> inside) {
    /** In pointers it stands for any index of an array. */
    static final String ITEMS = "*";

    boolean isColumn() {
        return choice.isColumn();
    }

    /** Returns whether each event, or each object that could have it, has a value that is not null. */
    boolean isRequired() {
        return isColumn() && !choice.isNullable();
    }

    /** Returns the schema of a column. */
    ObjectNode schema() {
        ObjectNode schema = choice.type().schema(choice.isNullable());
        if (choice.type() == Kind.OBJECT) {
            putFields(inside, schema);
        } else if (choice.type() == Kind.ARRAY) {
            schema.set("items", inside.get(0).schema());
        }
        return schema;
    }

    /** Adds the keywords properties and required to the schema of an object with these fields. */
    static void putFields(List<FieldDraft> fields, ObjectNode schema) {
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (FieldDraft field : fields) {
            if (field.isColumn()) {
                properties.set(field.name, field.schema());
            }
            if (field.isRequired()) {
                required.add(field.name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    /** @param at the pointer of the object or array that has it */
    Stream<Row> rows(String at) {
        String pointer = at + "/" + escaped(name);
        Map<String, Long> types = new LinkedHashMap<>();
        sample.counts().forEach((kind, count) -> types.put(kind.label(), count));
        Row row = new Row(pointer, sample.holders(), places, types, column(), choice.why());
        return Stream.concat(Stream.of(row), inside.stream().flatMap(field -> field.rows(pointer)));
    }

    private String column() {
        if (!isColumn()) {
            return OutputTree.RESCUED;
        }
        return choice.type().label() + (choice.isNullable() ? " or null" : "");
    }

    /** Names come from outside: what is not printable could control a terminal. */
    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        name.replace("~", "~0").replace("/", "~1").codePoints().forEach(c -> {
            if (isPrintable(c)) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append(String.format("\\u%04x", c));
            }
        });
        return escaped.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

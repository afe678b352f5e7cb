package pipeline.events.schema.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import pipeline.events.schema.draft.SchemaDraft.Guess;

/** Writes a schema file as one would by hand: an object without objects inside takes one line. */
final class SchemaText {
    private static final String INDENT = "  ";

    private SchemaText() {}

    /** @param fields those of the event */
    static String of(List<FieldDraft> fields, List<Guess> guesses) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", Kind.OBJECT.label());
        FieldDraft.putFields(fields, schema);
        ObjectNode roles = JsonNodeFactory.instance.objectNode();
        guesses.stream()
                .filter(guess -> guess.column() != null)
                .forEach(guess -> roles.put(guess.role(), guess.column()));
        if (!roles.isEmpty()) {
            schema.set("x-pipeline", roles);
        }
        return text(schema, "") + "\n";
    }

    private static String text(JsonNode node, String indent) {
        if (node.isObject()) {
            return object(node, indent);
        } else if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(JsonNode::toString)
                    .collect(Collectors.joining(", ", "[", "]"));
        } else {
            return node.toString();
        }
    }

    private static String object(JsonNode object, String indent) {
        boolean isFlat = StreamSupport.stream(object.spliterator(), false).noneMatch(JsonNode::isObject);
        String line = isFlat ? "" : "\n" + indent;
        String inside = isFlat ? "" : line + INDENT;
        return object.properties().stream()
                .map(field ->
                        inside + TextNode.valueOf(field.getKey()) + ": " + text(field.getValue(), indent + INDENT))
                .collect(Collectors.joining(isFlat ? ", " : ",", "{", line + "}"));
    }
}

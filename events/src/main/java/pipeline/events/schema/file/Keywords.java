package pipeline.events.schema.file;

import java.util.Set;
import java.util.TreeSet;

/** The keywords of JSON Schema that a schema may contain. */
final class Keywords {
    /** No value is rejected because of them. */
    private static final Set<String> ANNOTATIONS =
            Set.of("title", "description", "default", "examples", "$comment", "$schema", "$id");

    private static final Set<String> CONSTRAINTS = Set.of(
            "type",
            "properties",
            "items",
            "required",
            "enum",
            "const",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems",
            "additionalProperties");

    private Keywords() {}

    /** @throws InvalidSchemaException if the schema has a keyword that is not supported */
    static void check(SchemaNode schema) {
        for (String name : schema.names()) {
            boolean isSupported = CONSTRAINTS.contains(name) || ANNOTATIONS.contains(name) || name.startsWith("x-");
            schema.get(name).require(isSupported, "not supported; supported are " + supported());
            boolean isPlaced =
                    !name.equals(RolesParser.KEYWORD) || schema.pointer().isEmpty();
            schema.get(name).require(isPlaced, "not supported here; supported at the top of the file");
        }
    }

    private static String supported() {
        Set<String> names = new TreeSet<>(CONSTRAINTS);
        names.addAll(ANNOTATIONS);
        return String.join(", ", names) + ", and names that begin with x-";
    }
}

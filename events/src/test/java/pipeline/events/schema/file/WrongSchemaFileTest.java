package pipeline.events.schema.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong file gives one line with the file, the JSON pointer, what is not supported and what is. */
class WrongSchemaFileTest {
    private static final String FILE = "orders.schema.json";
    private static final String TYPES =
            "supported are integer, number, boolean, string, object, array, or one of them with null";
    private static final String KEYWORDS =
            "supported are $comment, $id, $schema, additionalProperties, const, default, description, enum, examples,"
                    + " exclusiveMaximum, exclusiveMinimum, format, items, maxItems, maxLength, maximum, minItems,"
                    + " minLength, minimum, multipleOf, pattern, properties, required, title, type, and names that begin with x-";
    private static final String ECMA = "supported are regular expressions of ECMA-262 without lookaround and back"
            + " references, and with repeats of at most 1,000";

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                wrong(
                        "{\"type\":\"object\"",
                        "not JSON: Unexpected end-of-input: expected close marker for Object" + " at character 16"),
                wrong("[]", "has to be a JSON Schema, which is an object"),
                wrong("{}", "has no type; " + TYPES),
                wrong(
                        "{\"type\":\"object\",\"properties\":{},\"properties\":{}}",
                        "not JSON: Duplicate field 'properties' at character 45"),
                wrong("{\"type\":\"array\"}", "not supported; supported is \"type\": \"object\" for an event"),
                wrong("{\"type\":\"object\"}", "has no properties; supported are objects with properties"),
                wrong("{\"$ref\":\"#/x\",\"type\":\"object\"}", "/$ref: not supported; " + KEYWORDS),
                wrong(property("{\"oneOf\":[]}"), "/properties/a/oneOf: not supported; " + KEYWORDS),
                wrong(property("true"), "/properties/a: not supported; supported is an object with keywords"),
                wrong(property("{}"), "/properties/a: has no type; " + TYPES),
                wrong(property("{\"type\":\"int\"}"), "/properties/a/type: not supported; " + TYPES),
                wrong(property("{\"type\":[\"string\",\"integer\"]}"), "/properties/a/type: not supported; " + TYPES),
                wrong(
                        property("{\"enum\":[1,\"a\"]}"),
                        "/properties/a: has no type, and enum and const have no values of one type; " + TYPES),
                wrong(
                        property("{\"enum\":[[1]]}"),
                        "/properties/a/enum/0: not supported; supported are strings, numbers, true, false and null"),
                wrong(
                        property("{\"type\":\"integer\",\"enum\":[\"1\"]}"),
                        "/properties/a: enum and const have no value of the type integer"),
                wrong(
                        property("{\"type\":\"integer\",\"exclusiveMinimum\":true}"),
                        "/properties/a/exclusiveMinimum: has to be a number"),
                wrong(
                        property("{\"type\":\"number\",\"maximum\":1e309}"),
                        "/properties/a/maximum: not supported; supported are numbers within the range of a double, of at"
                                + " most 400 digits"),
                wrong(
                        property("{\"type\":\"number\",\"multipleOf\":0}"),
                        "/properties/a/multipleOf: has to be more than 0"),
                wrong(
                        property("{\"type\":\"string\",\"minLength\":-1}"),
                        "/properties/a/minLength: has to be an integer from 0 on"),
                wrong(
                        property("{\"type\":\"string\",\"pattern\":\"a(?=b)\"}"),
                        "/properties/a/pattern: not supported: (?=; " + ECMA),
                wrong(
                        property("{\"type\":\"string\",\"pattern\":\"(a)\\\\1\"}"),
                        "/properties/a/pattern: not supported: \\1; " + ECMA),
                wrong(
                        property("{\"type\":\"string\",\"pattern\":\"a{1001}\"}"),
                        "/properties/a/pattern: not supported: repeats of more than 1,000 times; " + ECMA),
                wrong(
                        property("{\"type\":\"string\",\"examples\":\"b\"}"),
                        "/properties/a/examples: has to be an array"),
                wrong(
                        property("{\"type\":\"array\"}"),
                        "/properties/a: has no items; supported are arrays with items of one type"),
                wrong(
                        property("{\"type\":\"object\",\"properties\":{\"x y\":{\"type\":\"string\"}}}"),
                        "/properties/a: has no property that can be a column; supported are names such as"
                                + " [A-Za-z_][A-Za-z0-9_]*"),
                wrong(
                        property("{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\"}},"
                                + "\"additionalProperties\":{\"type\":\"string\"}}"),
                        "/properties/a/additionalProperties: not supported; supported are true and false"),
                wrong(
                        property("{\"type\":\"string\",\"x-pipeline\":{}}"),
                        "/properties/a/x-pipeline: not supported here; supported at the top of the file"),
                wrong(
                        "{\"type\":\"object\",\"properties\":{},\"required\":[\"b\"]}",
                        "/required/0: names no property; supported are names of properties"),
                wrong(
                        property(
                                "{\"type\":\"array\",\"items\":".repeat(11) + "{\"type\":\"string\"}" + "}".repeat(11)),
                        "/properties/a" + "/items".repeat(10)
                                + ": not supported; supported are objects and arrays to a depth of 10"));
    }

    private static Arguments wrong(String json, String line) {
        return Arguments.of(json, line);
    }

    private static String property(String schema) {
        return "{\"type\":\"object\",\"properties\":{\"a\":" + schema + "}}";
    }

    static Stream<Arguments> wrongRoles() {
        return Stream.of(
                wrong("[]", ": has to be an object"),
                wrong("{\"key\":1}", "/key: not supported; supported are group, time, value, partition and unknown"),
                wrong("{\"group\":1}", "/group: has to be a string"),
                wrong("{\"group\":\"x\"}", "/group: names no column; supported are properties of the event"),
                wrong("{\"group\":\"x y\"}", "/group: names no column; supported are properties of the event"),
                wrong("{\"group\":\"city\"}", "/group: not supported; supported are columns that are required"),
                wrong(
                        "{\"group\":\"amount\"}",
                        "/group: not supported; supported is a column of strings, integers or booleans"),
                wrong("{\"time\":\"day\"}", "/time: not supported; supported is a column of date-times without null"),
                wrong(
                        "{\"value\":\"paid\"}",
                        "/value: not supported; supported is a column of numbers or integers without null"),
                wrong(
                        "{\"value\":\"tax\"}",
                        "/value: not supported; supported is a column of numbers or integers without null"),
                wrong("{\"unknown\":\"keep\"}", "/unknown: not supported; supported are rescue and drop"),
                wrong("{\"partition\":\"city\"}", "/partition: has to be an array"),
                wrong(
                        "{\"partition\":[\"city\"]}",
                        "/partition/0: not supported; supported are booleans, integers with bounds, and enums of strings"
                                + " that begin with a letter and differ in more than case, of at most 1000 values, or key(NAME), day(NAME) and hour(NAME)"),
                wrong(
                        "{\"partition\":[\"paid\",\"hour(day)\"]}",
                        "/partition/1: not supported; supported is a column of date-times"),
                wrong(
                        "{\"partition\":[\"day(city)\"]}",
                        "/partition/0: not supported; supported is a column of date-times or dates"),
                wrong(
                        "{\"partition\":[\"key(amount)\"]}",
                        "/partition/0: not supported; supported is a column of strings, integers or booleans"),
                wrong("{\"partition\":[\"paid\",\"paid\"]}", "/partition/1: has the same folders as another entry"),
                wrong(
                        "{\"partition\":[\"key(city)\"]}",
                        "/partition/0: its folders have the name of the column city_key"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongFiles")
    void saysWhereAndWhatInOneLine(String json, String line) {
        assertThatThrownBy(() -> SchemaFile.parse(FILE, json.getBytes(UTF_8)))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessage(FILE + ": " + line);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongRoles")
    void saysWhatARoleNeeds(String roles, String line) {
        assertThatThrownBy(() -> RolesTest.parse(roles))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessage(FILE + ": /x-pipeline" + line);
    }

    @Test
    void saysWhichFileCannotBeRead() {
        assertThatThrownBy(() -> SchemaFile.read(Path.of("no", "such.json")))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessage("no/such.json: there is no such file; a JSON Schema file is needed");
    }

    @Test
    void rejectsAByteOrderMark() {
        assertThatThrownBy(() -> SchemaFile.parse(FILE, "\ufeff{}".getBytes(UTF_8)))
                .hasMessage(FILE + ": not JSON: byte order mark");
    }

    @Test
    void messageIsOneLine() {
        String json = property("{\"type\":\"string\",\"a\\nb\":1}");

        assertThatThrownBy(() -> SchemaFile.parse(FILE, json.getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}

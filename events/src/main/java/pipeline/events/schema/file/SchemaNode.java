package pipeline.events.schema.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A value in a schema file, with its place for messages.
 *
 * @param file the name of the file
 * @param pointer the JSON pointer of the value, empty for the whole file
 */
record SchemaNode(String file, String pointer, JsonNode json) {
    /** Longer numbers are refused, so that comparing with those of events takes no time worth mentioning. */
    private static final int MAX_DIGITS = 400;

    boolean has(String name) {
        return json.has(name);
    }

    SchemaNode get(String name) {
        return new SchemaNode(file, pointer + "/" + name.replace("~", "~0").replace("/", "~1"), json.get(name));
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** @throws InvalidSchemaException if this is no array */
    List<SchemaNode> items() {
        require(json.isArray(), "has to be an array");
        List<SchemaNode> items = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            items.add(new SchemaNode(file, pointer + "/" + i, json.get(i)));
        }
        return items;
    }

    /** @throws InvalidSchemaException if this is no string */
    String text() {
        require(json.isTextual(), "has to be a string");
        return json.textValue();
    }

    /** @throws InvalidSchemaException if this is neither true nor false */
    boolean bool() {
        require(json.isBoolean(), "not supported; supported are true and false");
        return json.booleanValue();
    }

    /** @throws InvalidSchemaException if this is no number, or one that takes long to compute with */
    BigDecimal number() {
        require(json.isNumber(), "has to be a number");
        // What no double can hold, Jackson reads as an infinite one.
        boolean isSmall = !json.isDouble()
                && Math.abs((long) json.decimalValue().scale()) <= MAX_DIGITS
                && json.decimalValue().precision() <= MAX_DIGITS;
        require(
                isSmall,
                "not supported; supported are numbers within the range of a double, of at most " + MAX_DIGITS
                        + " digits");
        return json.decimalValue();
    }

    /** @throws InvalidSchemaException if this is no integer from 0 on */
    int count() {
        BigDecimal number = number();
        boolean isCount = number.signum() >= 0 && number.stripTrailingZeros().scale() <= 0;
        require(isCount, "has to be an integer from 0 on");
        return number.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
    }

    void require(boolean holds, String problem) {
        if (!holds) {
            throw wrong(problem);
        }
    }

    InvalidSchemaException wrong(String problem) {
        return new InvalidSchemaException(file, pointer, problem);
    }
}

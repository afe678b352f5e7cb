package pipeline.events.schema.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import pipeline.events.RejectedEventException;
import pipeline.events.StrictJson;
import pipeline.events.Timestamps;
import pipeline.events.schema.Count;
import pipeline.events.schema.TextRules;
import pipeline.events.schema.source.JsonText;

/** What a value is, by the rules of those who read it into columns. */
enum Kind {
    BOOLEAN("boolean"),
    INTEGER("integer"),
    LARGE_INTEGER("integers beyond 64 bits"),
    NUMBER("number"),
    FAR_NUMBER("numbers out of range"),
    STRING("string"),
    DATE_TIME("date-time"),
    DATE("date"),
    UUID("uuid"),
    BROKEN_STRING("strings with half a surrogate pair"),
    OBJECT("object"),
    ARRAY("array"),
    NULL("null");

    private static final Set<Kind> NUMBERS = EnumSet.of(INTEGER, NUMBER);
    private static final Set<Kind> FORMATS = EnumSet.of(DATE_TIME, DATE, UUID);
    private static final Set<Kind> STRINGS = EnumSet.of(STRING, DATE_TIME, DATE, UUID);
    private static final TextRules UUIDS = new TextRules(Count.ANY, null, true, null);

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** Returns its name in JSON Schema, or what it is if it has none. */
    String label() {
        return label;
    }

    /** Returns what the value is whose first token is the current one. */
    static Kind of(JsonText text) throws IOException {
        return switch (text.token()) {
            case VALUE_NULL -> NULL;
            case VALUE_TRUE, VALUE_FALSE -> BOOLEAN;
            case VALUE_NUMBER_INT -> text.isLong() ? INTEGER : LARGE_INTEGER;
            case VALUE_NUMBER_FLOAT -> isInRange(text) ? NUMBER : FAR_NUMBER;
            case VALUE_STRING -> ofString(text.text());
            case START_ARRAY -> ARRAY;
            default -> OBJECT;
        };
    }

    /** Whoever computes with a number with a far exponent may need hours. */
    private static boolean isInRange(JsonText text) throws IOException {
        return !text.hasFarExponent() && Double.isFinite(text.asDouble());
    }

    private static Kind ofString(String value) {
        if (isDateTime(value)) {
            return DATE_TIME;
        } else if (isDate(value)) {
            return DATE;
        } else if (UUIDS.problem(value) == null) {
            return UUID;
        } else {
            return StrictJson.hasLoneSurrogate(value) ? BROKEN_STRING : STRING;
        }
    }

    private static boolean isDateTime(String value) {
        try {
            Timestamps.micros(value);
            return true;
        } catch (RejectedEventException e) {
            return false;
        }
    }

    private static boolean isDate(String value) {
        try {
            Timestamps.epochDay(value);
            return true;
        } catch (RejectedEventException e) {
            return false;
        }
    }

    /** Returns whether no column can have such values. */
    boolean fitsNoColumn() {
        return this == LARGE_INTEGER || this == FAR_NUMBER || this == BROKEN_STRING;
    }

    /** Returns whether a column of this type has columns inside. */
    boolean hasInside() {
        return this == OBJECT || this == ARRAY;
    }

    /** Returns what all values are if each is one of these, or null if they have no type in common. */
    static Kind common(Set<Kind> kinds) {
        if (kinds.size() == 1) {
            return kinds.iterator().next();
        } else if (NUMBERS.containsAll(kinds)) {
            return NUMBER;
        } else {
            return STRINGS.containsAll(kinds) ? STRING : null;
        }
    }

    /** Returns the keywords type and format. */
    ObjectNode schema(boolean isNullable) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        String type = FORMATS.contains(this) ? STRING.label : label;
        if (isNullable) {
            schema.putArray("type").add(type).add(NULL.label);
        } else {
            schema.put("type", type);
        }
        return FORMATS.contains(this) ? schema.put("format", label) : schema;
    }
}

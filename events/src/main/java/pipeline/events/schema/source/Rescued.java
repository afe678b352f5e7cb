package pipeline.events.schema.source;

import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of an event that the schema does not know, by JSON pointer, each with the source text of its value. */
public final class Rescued {
    private final Map<String, String> fields = new LinkedHashMap<>();

    /** Keeps a field; of several with the same pointer the last. */
    void put(String pointer, String json) {
        fields.put(pointer, json);
    }

    void clear() {
        if (!fields.isEmpty()) {
            fields.clear();
        }
    }

    /** Returns for example <code>{"/coupon":"C10"}</code>, or null if there are none. */
    public String json() {
        if (fields.isEmpty()) {
            return null;
        }
        StringBuilder json = new StringBuilder("{");
        fields.forEach((pointer, value) -> {
            appendString(json.length() == 1 ? json : json.append(','), pointer);
            json.append(':').append(value);
        });
        return json.append('}').toString();
    }

    private static void appendString(StringBuilder json, String text) {
        json.append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ' || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                // A surrogate here has lost its other half, and UTF-8 has no bytes for it.
                json.append(String.format("\\u%04x", c));
            } else {
                json.appendCodePoint(c);
            }
        });
        json.append('"');
    }
}

package pipeline.events.schema.reader;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import pipeline.events.RejectedEventException;
import pipeline.events.StrictJson;
import pipeline.events.schema.TextRules;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;

/** Reads strings into a {@link String}. */
final class StringReader implements FieldReader {
    private final TextRules rules;
    private final boolean isLength;

    StringReader(TextRules rules) {
        this.rules = rules;
        this.isLength = !rules.isUuid() && rules.allowed() == null && rules.pattern() == null;
    }

    @Override
    public Object read(JsonText text) throws IOException, RejectedEventException {
        if (text.token() != JsonToken.VALUE_STRING) {
            throw new RejectedEventException("not a string");
        }
        String value = text.text();
        if (StrictJson.hasLoneSurrogate(value)) {
            throw new RejectedEventException("a surrogate without its pair");
        }
        String problem = rules.problem(value);
        if (problem != null) {
            throw new RejectedEventException(problem);
        }
        return value;
    }

    @Override
    public Object scan(ByteScanner bytes) {
        // In ASCII each character is a code point.
        if (!bytes.takeString() || !rules.length().contains(bytes.length())) {
            return ByteScanner.NOT_PLAIN;
        }
        String value = bytes.text();
        return isLength || rules.problem(value) == null ? value : ByteScanner.NOT_PLAIN;
    }
}

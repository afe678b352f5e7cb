package pipeline.events.schema.reader;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import pipeline.events.RejectedEventException;
import pipeline.events.StrictJson;
import pipeline.events.schema.TextRules;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;

/** Reads strings as {@link Values} makes them. */
final class StringReader implements FieldReader {
    private final TextRules rules;
    private final boolean isLength;
    private final Values values;
    private final ByteScanner.OfString plain;

    StringReader(TextRules rules, Values values) {
        this.rules = rules;
        this.values = values;
        this.plain = values::string;
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
        return values.string(value);
    }

    @Override
    public Object scan(ByteScanner bytes) {
        // In ASCII each character is a code point.
        if (!bytes.takeString() || !rules.length().contains(bytes.length())) {
            return ByteScanner.NOT_PLAIN;
        }
        return isLength || rules.problem(bytes.text()) == null ? bytes.string(plain) : ByteScanner.NOT_PLAIN;
    }
}

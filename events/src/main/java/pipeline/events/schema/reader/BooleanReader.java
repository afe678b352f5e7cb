package pipeline.events.schema.reader;

import com.fasterxml.jackson.core.JsonToken;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.ValueType.BooleanType;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;
import pipeline.events.schema.source.PlainWords;

/** Reads {@code true} and {@code false} into a {@link Boolean}. */
final class BooleanReader implements FieldReader {
    private final BooleanType type;

    BooleanReader(BooleanType type) {
        this.type = type;
    }

    @Override
    public Object read(JsonText text) throws RejectedEventException {
        JsonToken token = text.token();
        if (!token.isBoolean()) {
            throw new RejectedEventException("not a boolean");
        }
        boolean value = token == JsonToken.VALUE_TRUE;
        if (!isAllowed(value)) {
            throw new RejectedEventException("not one of the allowed values");
        }
        return value;
    }

    @Override
    public Object scan(ByteScanner bytes) {
        boolean value = bytes.peek() == 't';
        return bytes.take(value ? PlainWords.TRUE : PlainWords.FALSE) && isAllowed(value)
                ? (Object) value
                : ByteScanner.NOT_PLAIN;
    }

    private boolean isAllowed(boolean value) {
        return type.allowed() == null || type.allowed().contains(value);
    }
}

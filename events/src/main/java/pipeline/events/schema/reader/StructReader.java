package pipeline.events.schema.reader;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;

/** Reads objects inside an event into structs. */
final class StructReader implements FieldReader {
    private final ObjectReader object;
    private final Values values;

    StructReader(ObjectType type, Unknown unknown, Values values) {
        this.object = new ObjectReader(type, unknown, values);
        this.values = values;
    }

    @Override
    public Object read(JsonText text) throws IOException, RejectedEventException {
        if (text.token() != JsonToken.START_OBJECT) {
            throw new RejectedEventException("not an object");
        }
        return values.struct(object.complete(text, object.read(text)));
    }

    @Override
    public Object scan(ByteScanner bytes) {
        Object[] fields = object.scan(bytes);
        return fields == null ? ByteScanner.NOT_PLAIN : values.struct(fields);
    }
}

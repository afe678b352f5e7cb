package pipeline.events.schema.reader;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.Count;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.ValueType.ArrayType;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;

/** Reads arrays into lists. */
final class ArrayReader implements FieldReader {
    private final ShapeReader items;
    private final Count length;
    private final Values values;

    ArrayReader(ArrayType type, Unknown unknown, Values values) {
        this.items = new ShapeReader(type.items(), unknown, values);
        this.length = type.length();
        this.values = values;
    }

    @Override
    public Object read(JsonText text) throws IOException, RejectedEventException {
        if (text.token() != JsonToken.START_ARRAY) {
            throw new RejectedEventException("not an array");
        }
        List<Object> list = new ArrayList<>();
        while (text.next() != JsonToken.END_ARRAY) {
            text.place().enter(list.size());
            list.add(items.read(text));
            text.place().leave();
        }
        if (!length.contains(list.size())) {
            throw new RejectedEventException(length.problem("items"));
        }
        return values.list(list.toArray());
    }

    @Override
    public Object scan(ByteScanner bytes) {
        if (!bytes.take('[')) {
            return ByteScanner.NOT_PLAIN;
        }
        List<Object> list = new ArrayList<>();
        if (!bytes.take(']')) {
            do {
                bytes.place().enter(list.size());
                Object item = items.scan(bytes);
                if (item == ByteScanner.NOT_PLAIN) {
                    return item;
                }
                bytes.place().leave();
                list.add(item);
            } while (bytes.take(','));
            if (!bytes.take(']')) {
                return ByteScanner.NOT_PLAIN;
            }
        }
        return length.contains(list.size()) ? values.list(list.toArray()) : ByteScanner.NOT_PLAIN;
    }
}

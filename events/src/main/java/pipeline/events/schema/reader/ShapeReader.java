package pipeline.events.schema.reader;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.Shape;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;
import pipeline.events.schema.source.PlainWords;

/** Reads the values of one type, and nulls where they are allowed. */
final class ShapeReader {
    private final FieldReader reader;
    private final boolean takesNull;

    ShapeReader(Shape shape, Unknown unknown, Values values) {
        this.reader = reader(shape.type(), unknown, values);
        this.takesNull = shape.takesNull();
    }

    private static FieldReader reader(ValueType type, Unknown unknown, Values values) {
        if (type instanceof ValueType.IntegerType integer) {
            return new IntegerReader(integer);
        } else if (type instanceof ValueType.NumberType number) {
            return new NumberReader(number);
        } else if (type instanceof ValueType.BooleanType bool) {
            return new BooleanReader(bool);
        } else if (type instanceof ValueType.StringType string) {
            return new StringReader(string.rules(), values);
        } else if (type instanceof ValueType.DateTimeType dateTime) {
            return new TimeReader(dateTime.rules(), false);
        } else if (type instanceof ValueType.DateType date) {
            return new TimeReader(date.rules(), true);
        } else if (type instanceof ValueType.ArrayType array) {
            return new ArrayReader(array, unknown, values);
        } else {
            return new StructReader(((ValueType.StructType) type).object(), unknown, values);
        }
    }

    /** Returns whether there may be values inside these values. */
    boolean hasPlaces() {
        return reader instanceof ArrayReader || reader instanceof StructReader;
    }

    Object read(JsonText text) throws IOException, RejectedEventException {
        return takesNull && text.token() == JsonToken.VALUE_NULL ? null : reader.read(text);
    }

    Object scan(ByteScanner bytes) {
        if (takesNull && bytes.peek() == 'n') {
            return bytes.take(PlainWords.NULL) ? null : ByteScanner.NOT_PLAIN;
        }
        return reader.scan(bytes);
    }
}

package pipeline.events.schema.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.reader.ObjectReader;
import pipeline.events.schema.reader.Values;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;
import pipeline.events.schema.source.Place;
import pipeline.events.schema.source.Rescued;

/**
 * Decodes Kafka values into the columns of a schema, in one pass over each value. Most values are plain JSON, which
 * {@link ByteScanner} reads. All others are read through Jackson, which alone rejects. One thread may use it at a time.
 */
public final class EventDecoder {
    private final ObjectReader event;
    private final int columns;
    private final boolean rescues;
    private final Values values;
    private final Place place = new Place();
    private final Rescued rescued = new Rescued();
    private final ByteScanner bytes = new ByteScanner(place, rescued);

    public EventDecoder(EventSchema schema, Values values) {
        this.event = new ObjectReader(schema.event(), schema.unknown(), values);
        this.columns = schema.columns().size();
        this.values = values;
        this.rescues = schema.unknown() == Unknown.RESCUE;
    }

    /**
     * Returns the values of the schema's columns in its order, and with {@link Unknown#RESCUE} that of {@code rescued}: null,
     * or a JSON object. A column has {@link Long}, for the built-in id {@link Integer}, {@link Double} or {@link Boolean}; a
     * date-time has microseconds from 1970 as {@link Long}, a date has days from 1970 as {@link Integer}, and strings, structs and
     * lists are as {@link Values} makes them.
     *
     * @param json the Kafka value, or null for a tombstone
     * @throws RejectedEventException with the reason if the value is not exactly one event of the schema
     */
    public Object[] decode(byte[] json) throws RejectedEventException {
        Object[] row = scan(json);
        return row != null ? row : read(json);
    }

    /** Returns the values, or null if the JSON is not plain or has to be rejected. */
    Object[] scan(byte[] json) {
        if (json == null) {
            return null;
        }
        bytes.open(json);
        Object[] fields = event.scan(bytes);
        return fields != null && bytes.isAtEnd() ? row(fields) : null;
    }

    /** As {@link #decode}, through Jackson. */
    Object[] read(byte[] json) throws RejectedEventException {
        try (JsonText text = new JsonText(json, place, rescued)) {
            return read(text);
        } catch (JsonProcessingException e) {
            throw JsonText.rejection(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private Object[] read(JsonText text) throws IOException, RejectedEventException {
        if (text.next() == null) {
            throw new RejectedEventException("not JSON: empty");
        }
        if (text.token() != JsonToken.START_OBJECT) {
            throw new RejectedEventException("not a JSON object");
        }
        try {
            Object[] fields = event.read(text);
            if (text.next() != null) {
                throw new RejectedEventException("text after the object");
            }
            return row(event.complete(text, fields));
        } catch (RejectedEventException e) {
            throw text.rejection(e);
        }
    }

    private Object[] row(Object[] fields) {
        if (!rescues) {
            return fields;
        }
        Object[] row = Arrays.copyOf(fields, columns + 1);
        String others = rescued.json();
        row[columns] = others == null ? null : values.string(others);
        return row;
    }
}

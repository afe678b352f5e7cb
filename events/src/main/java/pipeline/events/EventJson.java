package pipeline.events;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON of an event: UTF-8 without byte order mark, one object with the fields {@code id} (an integer), {@code ts}
 * (RFC 3339, see {@link Timestamps}), {@code value} (a number) and {@code source} (a string). {@code built-in.schema.json} says
 * the same to those who read it. Thread-safe.
 */
public final class EventJson {
    private EventJson() {}

    /** Returns the event as {@code {"id":1,"ts":"2026-11-22T12:34:56.123456Z","value":49.9,"source":"sim-producer"}}. */
    public static byte[] encode(Event event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = StrictJson.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField(Event.ID, event.id());
            json.writeStringField(Event.TS, Timestamps.format(event.ts()));
            json.writeNumberField(Event.VALUE, event.value());
            json.writeStringField(Event.SOURCE, event.source());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}

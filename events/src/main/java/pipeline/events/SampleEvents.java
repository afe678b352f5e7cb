package pipeline.events;

import java.time.Instant;

/** Valid events for tests and examples. A test names only the field that matters to it. */
public final class SampleEvents {
    private SampleEvents() {}

    public static Event anyEvent() {
        return new Event(1, Instant.parse("2026-11-22T12:34:56.123456Z"), 49.876, "sim-producer");
    }

    public static Event anyEvent(int id, double value) {
        return new Event(id, anyEvent().ts(), value, anyEvent().source());
    }

    /** Returns the JSON of a valid event with one field as given, for example {@code "id", "1.0"}. */
    public static String jsonWith(String field, String json) {
        return "{\"id\":" + (field.equals(Event.ID) ? json : "1")
                + ",\"ts\":" + (field.equals(Event.TS) ? json : "\"2026-11-22T12:34:56.123456Z\"")
                + ",\"value\":" + (field.equals(Event.VALUE) ? json : "49.876")
                + ",\"source\":" + (field.equals(Event.SOURCE) ? json : "\"sim-producer\"")
                + "}";
    }
}

package pipeline.producer.generate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import pipeline.events.Event;
import pipeline.events.EventJson;
import pipeline.events.schema.sample.KeyedEvent;

/** Generates built-in events: id and value are uniform over what {@link Event} allows, ts is now in microseconds. */
public record BuiltInEvents(RandomGenerator random) implements EventGenerator {
    static final String SOURCE = "sim-producer";

    @Override
    public KeyedEvent next(Instant now) {
        Event event = event(now);
        return new KeyedEvent(Integer.toString(event.id()), EventJson.encode(event));
    }

    Event event(Instant now) {
        return new Event(
                random.nextInt(Event.MIN_ID, Event.MAX_ID + 1),
                now.truncatedTo(ChronoUnit.MICROS),
                random.nextDouble(Event.MIN_VALUE, Event.MAX_VALUE),
                SOURCE);
    }
}

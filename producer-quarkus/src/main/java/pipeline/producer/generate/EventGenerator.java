package pipeline.producer.generate;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import pipeline.events.Event;

/** Generates events: id and value are uniform over what {@link Event} allows, ts is now in microseconds. */
public final class EventGenerator {
    static final String SOURCE = "sim-producer";

    private final RandomGenerator random;
    private final Clock clock;

    public EventGenerator(RandomGenerator random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    public Event next() {
        return new Event(
                random.nextInt(Event.MIN_ID, Event.MAX_ID + 1),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                random.nextDouble(Event.MIN_VALUE, Event.MAX_VALUE),
                SOURCE);
    }
}

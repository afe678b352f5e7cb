package pipeline.producer.generate;

import java.time.Instant;
import pipeline.events.schema.sample.KeyedEvent;

/** Generates events. */
@FunctionalInterface
public interface EventGenerator {
    KeyedEvent next(Instant now);
}

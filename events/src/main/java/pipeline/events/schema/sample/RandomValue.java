package pipeline.events.schema.sample;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** Makes up valid values of one shape. Immutable. */
@FunctionalInterface
interface RandomValue {

    /**
     * Appends the JSON of a value.
     *
     * @param now the time of the event
     */
    void append(StringBuilder json, RandomGenerator random, Instant now);
}

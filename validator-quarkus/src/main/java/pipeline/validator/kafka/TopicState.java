package pipeline.validator.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import pipeline.events.output.OffsetRange;

/** The current state of the topic in Kafka. */
public sealed interface TopicState {
    /** No broker is set. */
    record NotConfigured() implements TopicState {}

    /**
     * Kafka did not say.
     *
     * @param reason one line, for people
     */
    record Unknown(String reason) implements TopicState {}

    /**
     * @param offsets for each partition, from the first offset that Kafka still has until after the last one
     * @param backlog nothing if no event waits
     */
    record Known(
            String topic,
            String topicId,
            String clusterId,
            SortedMap<Integer, OffsetRange> offsets,
            Optional<Backlog> backlog)
            implements TopicState {}

    /**
     * The events that wait to be committed.
     *
     * @param oldest timestamp of the oldest of them
     * @param retention how long Kafka keeps an event; nothing if it keeps them for ever, or does not say
     */
    record Backlog(Instant oldest, Optional<Duration> retention) {}
}

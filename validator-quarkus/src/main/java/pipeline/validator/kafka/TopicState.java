package pipeline.validator.kafka;

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

    /** @param offsets for each partition, from the first offset that Kafka still has until after the last one */
    record Known(String topic, String topicId, String clusterId, SortedMap<Integer, OffsetRange> offsets)
            implements TopicState {}
}

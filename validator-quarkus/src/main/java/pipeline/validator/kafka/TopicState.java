package pipeline.validator.kafka;

import java.util.SortedMap;
import pipeline.events.output.OffsetRange;

/** What Kafka says of the topic now. */
public sealed interface TopicState {
    /** No broker is set, so none is asked. */
    record NotConfigured() implements TopicState {}

    /** @param reason one line, for people */
    record Unreachable(String servers, String reason) implements TopicState {}

    /** @param offsets for each partition, the first offset that Kafka still has, and the one after the last */
    record Known(String topic, String topicId, String clusterId, SortedMap<Integer, OffsetRange> offsets)
            implements TopicState {}
}

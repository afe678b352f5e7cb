package pipeline.streaming.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores in Kafka what is committed, as the offsets of a consumer group, so that {@code kafka-consumer-groups} and other tools
 * show the lag. Nothing reads these offsets back, and the group has no members.
 */
public final class GroupOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);

    private final SourceTopic topic;
    private final String group;
    private volatile boolean failing;

    public GroupOffsets(SourceTopic topic, String runId) {
        this.topic = topic;
        this.group = "pipeline-" + runId;
    }

    /** Returns at once. A failure is logged when it is the first one since the offsets were last stored. */
    public void store(Map<Integer, Long> next) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        next.forEach((partition, offset) ->
                offsets.put(new TopicPartition(topic.name(), partition), new OffsetAndMetadata(offset)));
        topic.admin().alterConsumerGroupOffsets(group, offsets).all().whenComplete((stored, failure) -> {
            if (failure != null && !failing) {
                LOG.warn(
                        "Publishing continues, but Kafka's tools do not show the lag of group {}: {}",
                        group,
                        topic.explain(failure));
            }
            failing = failure != null;
        });
    }
}

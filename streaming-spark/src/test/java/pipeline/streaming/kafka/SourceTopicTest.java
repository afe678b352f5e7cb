package pipeline.streaming.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.events.offsets.TopicIdentity;
import pipeline.streaming.FakeLog;

class SourceTopicTest {
    private final SourceTopic.Snapshot topic = FakeLog.snapshot(
            new TopicIdentity("cluster", "events", "topic-id"), Map.of(0, 3L, 1, 100L), Map.of(0, 10L, 1, 150L));

    @Test
    void lagsByWhatKafkaHasAfterTheLedger() {
        assertThat(topic.lag(Map.of(0, 4L, 1, 149L))).isEqualTo(6 + 1);
    }

    @Test
    void countsAPartitionThatTheRunDoesNotHaveFromTheFirstOffsetThatKafkaStillHas() {
        assertThat(topic.lag(Map.of(0, 4L))).isEqualTo(6 + 50);
    }
}

package pipeline.streaming.records;

import java.util.Map;
import java.util.Set;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.source.KafkaSource;
import pipeline.streaming.source.RecordReader;

/** Reads the real topic. */
public final class KafkaLog implements TopicLog {
    private final SourceTopic topic;
    private final Map<String, Object> settings;

    public KafkaLog(KafkaEndpoint kafka, SourceTopic topic) {
        this.topic = topic;
        this.settings = KafkaSource.consumer(kafka);
    }

    @Override
    public SourceTopic.Snapshot snapshot() {
        return topic.snapshot();
    }

    @Override
    public Set<Integer> requireKept(
            Map<Integer, RecordIdentity> lastRead, Map<Integer, Long> until, SourceTopic.Snapshot now) {
        if (lastRead.isEmpty()) {
            return Set.of();
        }
        try (RecordReader first = RecordReader.inSmallSteps(topic.name(), settings)) {
            return new RecordComparison(topic, now).requireKept(lastRead, until, first);
        }
    }

    @Override
    public void forEachOffset(Map<Integer, OffsetRange> ranges, OffsetAction action) {
        RecordReader reader = RecordReader.borrow(topic.name(), settings);
        try {
            reader.records(ranges).forEachRemaining(record -> action.accept(record.partition(), record.offset()));
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
        reader.giveBack();
    }
}

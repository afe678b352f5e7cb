package pipeline.streaming.records;

import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.streaming.kafka.SourceTopic;

/** Reads the real topic. Keeps the consumer of {@link #forEachOffset} until it fails. */
public final class KafkaLog implements TopicLog, AutoCloseable {
    private final SourceTopic topic;
    private final Map<String, Object> settings;
    private RecordReader reader;

    public KafkaLog(KafkaEndpoint kafka, SourceTopic topic) {
        this.topic = topic;
        this.settings = RecordReader.settings(kafka);
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
        try (RecordReader first = new RecordReader(topic.name(), RecordReader.inSmallSteps(settings))) {
            return new RecordComparison(topic, now).requireKept(lastRead, until, first);
        }
    }

    @Override
    public void forEachOffset(Map<Integer, OffsetRange> ranges, OffsetAction action) {
        ranges.forEach((partition, range) -> forEachOffset(partition, range, action));
    }

    private synchronized void forEachOffset(int partition, OffsetRange range, OffsetAction action) {
        try {
            if (reader == null) {
                reader = new RecordReader(topic.name(), settings);
            }
            for (Iterator<ConsumerRecord<byte[], byte[]>> found = reader.records(partition, range); found.hasNext(); ) {
                action.accept(partition, found.next().offset());
            }
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    @Override
    public Dataset<Row> records(SparkSession spark, Map<Integer, OffsetRange> ranges) {
        return ConsumedRecords.of(spark, topic.name(), settings, ranges);
    }

    @Override
    public synchronized void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}

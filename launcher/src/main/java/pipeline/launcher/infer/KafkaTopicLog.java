package pipeline.launcher.infer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.kafka.KafkaFailures;
import pipeline.events.offsets.OffsetRange;

/** Reads a topic without a consumer group, so that nothing is left of it. Throws a KafkaException if Kafka does not answer in time. */
final class KafkaTopicLog implements TopicLog, AutoCloseable {
    private static final int ANSWER_MILLIS = 10_000;
    private static final Duration POLL = Duration.ofMillis(100);

    /** In bytes. Records may have many times this size: so little of the memory is taken by those that wait. */
    private static final int MOST_FETCHED = 8 << 20;

    private static final int MOST_POLLED = 8;

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final long endNanos;

    /** @param limit how long reading may take in all */
    KafkaTopicLog(KafkaEndpoint kafka, Duration limit) {
        this.topic = kafka.topic();
        this.endNanos = System.nanoTime() + limit.toNanos();
        this.consumer = new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        // The client itself would wait until the time is up.
        if (!KafkaFailures.anyAccepts(kafka.bootstrapServers())) {
            close();
            throw new TimeoutException("no broker accepts connections");
        }
    }

    private static Map<String, Object> settings(KafkaEndpoint kafka) {
        Map<String, Object> settings = kafka.clientSettings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // If Kafka deletes the oldest records meanwhile.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_FETCHED);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_POLLED);
        return settings;
    }

    @Override
    public Map<Integer, OffsetRange> offsets() {
        List<TopicPartition> partitions = partitions();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream()
                .collect(Collectors.toMap(
                        TopicPartition::partition,
                        partition -> new OffsetRange(
                                first.get(partition), Math.max(first.get(partition), ends.get(partition)))));
    }

    private List<TopicPartition> partitions() {
        List<PartitionInfo> infos;
        try {
            infos = consumer.partitionsFor(topic);
        } catch (OutOfMemoryError e) {
            // Without TLS, the client takes the first bytes of a port with TLS for the size of an answer.
            throw new TimeoutException("an answer in another protocol", e);
        }
        if (infos == null || infos.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    @Override
    public void read(Map<Integer, OffsetRange> ranges, RecordAction action) {
        Map<TopicPartition, Long> open = new HashMap<>();
        ranges.forEach((partition, range) -> open.put(new TopicPartition(topic, partition), range.until()));
        consumer.assign(open.keySet());
        consumer.resume(consumer.paused());
        ranges.forEach((partition, range) -> consumer.seek(new TopicPartition(topic, partition), range.from()));
        while (!open.isEmpty() && !isTimeUp()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                boolean isInside =
                        record.offset() < ranges.get(record.partition()).until();
                if (isInside && !action.accept(record.partition(), record.offset(), record.value())) {
                    return;
                }
            }
            List<TopicPartition> read = open.keySet().stream()
                    .filter(partition -> consumer.position(partition) >= open.get(partition))
                    .toList();
            consumer.pause(read);
            open.keySet().removeAll(read);
        }
    }

    @Override
    public boolean isTimeUp() {
        return System.nanoTime() - endNanos > 0;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}

package pipeline.streaming.records;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.offsets.OffsetRange;
import pipeline.streaming.kafka.ClientConfigProvider;
import pipeline.streaming.kafka.KafkaSource;

/** Reads the committed records of given offsets with Kafka's consumer. For one thread, and one reading at a time. */
final class RecordReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PREFIX = "kafka.";

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param settings those of {@link #settings} */
    RecordReader(String topic, Map<String, Object> settings) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Returns settings without secrets, which an executor can use as well. */
    static Map<String, Object> settings(KafkaEndpoint kafka) {
        Map<String, Object> settings = new HashMap<>();
        ClientConfigProvider.options(kafka.client())
                .forEach((key, value) -> settings.put(key.substring(PREFIX.length()), value));
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.putAll(KafkaSource.CONSUMER);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    /** Returns the same settings for reading one or two records of many partitions, some of which may have a long backlog. */
    static Map<String, Object> inSmallSteps(Map<String, Object> settings) {
        Map<String, Object> small = new HashMap<>(settings);
        // In bytes: more than a producer's usual batch, but so little that one answer has a batch of each partition.
        small.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 << 10);
        return small;
    }

    /** Returns the records of a range in order, each of which is fetched when it is asked for. */
    Iterator<ConsumerRecord<byte[], byte[]>> records(int partition, OffsetRange range) {
        TopicPartition source = new TopicPartition(topic, partition);
        consumer.assign(List.of(source));
        consumer.seek(source, range.from());
        return new Records(source, range.until());
    }

    private final class Records implements Iterator<ConsumerRecord<byte[], byte[]>> {
        private final TopicPartition source;
        private final long until;
        private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

        Records(TopicPartition source, long until) {
            this.source = source;
            this.until = until;
        }

        @Override
        public boolean hasNext() {
            // Only the consumer's position shows that the rest of the range has no records.
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (fetched.isEmpty() && consumer.position(source) < until) {
                poll(deadline).forEach(fetched::add);
            }
            return !fetched.isEmpty() && fetched.getFirst().offset() < until;
        }

        @Override
        public ConsumerRecord<byte[], byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return fetched.removeFirst();
        }
    }

    /** Returns the first two records in each of these ranges, in order; fewer where there are fewer. */
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> firstTwo(Map<Integer, OffsetRange> ranges) {
        Map<TopicPartition, OffsetRange> open = ranges.entrySet().stream()
                .collect(Collectors.toMap(range -> new TopicPartition(topic, range.getKey()), Map.Entry::getValue));
        consumer.assign(open.keySet());
        open.forEach((source, range) -> consumer.seek(source, range.from()));
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
        ranges.keySet().forEach(partition -> found.put(partition, new ArrayList<>()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!open.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : poll(deadline)) {
                List<ConsumerRecord<byte[], byte[]>> first = found.get(record.partition());
                if (first.size() < 2
                        && record.offset() < ranges.get(record.partition()).until()) {
                    first.add(record);
                }
            }
            open.entrySet()
                    .removeIf(range -> found.get(range.getKey().partition()).size() == 2
                            || consumer.position(range.getKey())
                                    >= range.getValue().until());
            consumer.pause(consumer.assignment().stream()
                    .filter(source -> !open.containsKey(source))
                    .toList());
        }
        return found;
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> poll(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new TimeoutException("no records of " + topic + " for " + PATIENCE.toSeconds() + " s");
        }
        return consumer.poll(POLL);
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }
}

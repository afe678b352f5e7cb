package pipeline.endtoend.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import pipeline.events.EventHeaders;
import pipeline.events.kafka.KafkaEndpoint;

/** All committed records of the topic, read with Kafka's consumer. */
public final class KafkaEvents {
    private KafkaEvents() {}

    /**
     * @param timestamp in milliseconds
     * @param sender {@code session seq} from its headers
     */
    public record Entry(int partition, long offset, long timestamp, String sender, byte[] value) {

        public String position() {
            return partition + "/" + offset;
        }
    }

    public static List<Entry> read(KafkaEndpoint kafka) {
        Map<String, Object> settings = kafka.clientSettings();
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(kafka.topic()).stream()
                    .map(partition -> new TopicPartition(kafka.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Entry> entries = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> entries.add(entry(record)));
            }
            return entries;
        }
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        String sender = header(record, EventHeaders.SESSION) + " " + header(record, EventHeaders.SEQ);
        return new Entry(record.partition(), record.offset(), record.timestamp(), sender, record.value());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "-" : new String(header.value(), StandardCharsets.UTF_8);
    }
}

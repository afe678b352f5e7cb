package pipeline.endtoend.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.RawRecords;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TopicSettings;

/** The broker stores exactly what {@link RawRecords} sends, so tests can rely on it. */
@Tag("faults")
class RawRecordsIT {
    private static final List<Long> TIMES =
            List.of(0L, -1L, -(1L << 62), 1L << 62, Long.MIN_VALUE, Long.MAX_VALUE, System.currentTimeMillis());

    @Test
    void areStoredAsTheyWereSent(@TempDir Path folder) throws IOException {
        try (SystemUnderTest system = new SystemUnderTest(folder, Map.of())) {
            system.startBroker();
            String any = Long.toString(Long.MAX_VALUE);
            TopicSettings.change(
                    system, Map.of("message.timestamp.before.max.ms", any, "message.timestamp.after.max.ms", any));
            List<String> sent = new ArrayList<>();
            try (RawRecords raw = new RawRecords(system.bootstrapServers())) {
                for (CompressionType codec : CompressionType.values()) {
                    for (long first : TIMES) {
                        List<RawRecords.Sent> batch = batchFrom(first);
                        assertThat(raw.send(system.topicName(), 0, codec, batch))
                                .isEqualTo(sent.size());
                        batch.forEach(record ->
                                sent.add(text(record.timestamp(), record.key(), record.value(), record.headers())));
                    }
                }
            }

            assertThat(stored(system, sent.size())).isEqualTo(sent);
        }
    }

    /** The other times are stored as distances from the first one. */
    private static List<RawRecords.Sent> batchFrom(long first) {
        List<RawRecords.Sent> records = new ArrayList<>();
        records.add(new RawRecords.Sent(first, null, null, List.of()));
        TIMES.forEach(time -> records.add(new RawRecords.Sent(
                time,
                "key".getBytes(StandardCharsets.UTF_8),
                new byte[] {-1, 0, 1},
                List.of(new RecordHeader("empty", null), new RecordHeader("full", new byte[] {7})))));
        return records;
    }

    private static List<String> stored(SystemUnderTest system, int number) {
        TopicPartition partition = new TopicPartition(system.topicName(), 0);
        List<String> stored = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", system.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < number) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    stored.add(text(
                            record.timestamp(),
                            record.key(),
                            record.value(),
                            List.of(record.headers().toArray())));
                }
            }
        }
        return stored;
    }

    private static String text(long timestamp, byte[] key, byte[] value, List<Header> headers) {
        return timestamp + " " + Arrays.toString(key) + " " + Arrays.toString(value) + " "
                + headers.stream()
                        .map(header -> header.key() + "=" + Arrays.toString(header.value()))
                        .toList();
    }
}

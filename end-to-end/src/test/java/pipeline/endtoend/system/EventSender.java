package pipeline.endtoend.system;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import pipeline.events.SampleEvents;

/** Sends to a topic as fast as it can, spread over the partitions that it has at that moment. */
public final class EventSender {
    private static final int IDS = 5;
    /** What a topic takes is up to the topic. */
    private static final int LARGEST = 16 << 20;

    private EventSender() {}

    /** Sends a number of valid events, and returns when Kafka has all of them. */
    public static void send(String bootstrapServers, String topic, int events) {
        sendValues(
                bootstrapServers,
                topic,
                IntStream.range(0, events)
                        .mapToObj(i -> SampleEvents.jsonWith("id", Integer.toString(i % IDS)))
                        .toList());
    }

    /** Sends values that need not be valid events, and returns when Kafka has all of them. */
    public static void sendValues(String bootstrapServers, String topic, List<String> values) {
        send(bootstrapServers, topic, values, Integer.MAX_VALUE);
    }

    /** Sends valid events with this number of different keys, so that compaction can remove some. */
    public static void sendKeyed(String bootstrapServers, String topic, int events, int keys) {
        send(bootstrapServers, topic, Collections.nCopies(events, SampleEvents.jsonWith("id", "1")), keys);
    }

    /** Sends valid events to one partition. */
    public static void sendTo(String bootstrapServers, String topic, int partition, int events) {
        send(bootstrapServers, topic, Collections.nCopies(events, SampleEvents.jsonWith("id", "1")), i -> partition, 1);
    }

    private static void send(String bootstrapServers, String topic, List<String> values, int keys) {
        send(bootstrapServers, topic, values, i -> i % keys, keys);
    }

    private static void send(
            String bootstrapServers, String topic, List<String> values, IntUnaryOperator partition, int keys) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.request.size", LARGEST),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            int partitions = producer.partitionsFor(topic).size();
            List<Future<RecordMetadata>> acks = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                byte[] key = Integer.toString(i % keys).getBytes(StandardCharsets.UTF_8);
                byte[] value = values.get(i).getBytes(StandardCharsets.UTF_8);
                acks.add(producer.send(new ProducerRecord<>(topic, partition.applyAsInt(i) % partitions, key, value)));
            }
            for (Future<RecordMetadata> ack : acks) {
                ack.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("events for " + topic, e);
        }
    }
}

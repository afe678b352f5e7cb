package pipeline.endtoend.system;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    /**
     * A broker names itself the leader of a new partition before it takes records for it. If it refuses the first batch and
     * takes the second one, it refuses the first one for good, as out of order. So no batch follows one that is on its way.
     */
    private static final int IN_FLIGHT = 1;

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
        send(bootstrapServers, topic, values.size(), i -> utf8(values.get(i)), i -> i, Integer.MAX_VALUE);
    }

    /**
     * Sends values that are created one by one, and returns when Kafka has all of them.
     *
     * @param value of the number of an event, from 0
     */
    public static void send(String bootstrapServers, String topic, int events, IntFunction<byte[]> value) {
        send(bootstrapServers, topic, events, value, i -> i, Integer.MAX_VALUE);
    }

    /** Sends values, null for a tombstone, and returns when Kafka has all of them. */
    public static void sendBytes(String bootstrapServers, String topic, List<byte[]> values) {
        send(bootstrapServers, topic, values.size(), values::get, i -> i, Integer.MAX_VALUE);
    }

    /** Sends valid events with this number of different keys, so that compaction can remove some. */
    public static void sendKeyed(String bootstrapServers, String topic, int events, int keys) {
        send(bootstrapServers, topic, events, i -> anyEvent(), i -> i % keys, keys);
    }

    /** Sends valid events to one partition. */
    public static void sendTo(String bootstrapServers, String topic, int partition, int events) {
        send(bootstrapServers, topic, events, i -> anyEvent(), i -> partition, 1);
    }

    private static byte[] anyEvent() {
        return utf8(SampleEvents.jsonWith("id", "1"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(
            String bootstrapServers,
            String topic,
            int events,
            IntFunction<byte[]> value,
            IntUnaryOperator partition,
            int keys) {
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
            int partitions = producer.partitionsFor(topic).size();
            send(
                    producer,
                    IntStream.range(0, events)
                            .mapToObj(i -> new ProducerRecord<>(
                                    topic,
                                    partition.applyAsInt(i) % partitions,
                                    utf8(Integer.toString(i % keys)),
                                    value.apply(i))));
        }
    }

    /** Sends records as they are, and returns when Kafka has all of them. */
    public static void sendRecords(String bootstrapServers, List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
            send(producer, records.stream());
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "max.request.size",
                        LARGEST,
                        "max.in.flight.requests.per.connection",
                        IN_FLIGHT),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Creates each record when it is sent, since all of them may need more memory than there is. */
    private static void send(KafkaProducer<byte[], byte[]> producer, Stream<ProducerRecord<byte[], byte[]>> records) {
        try {
            for (Future<RecordMetadata> ack : records.map(producer::send).toList()) {
                ack.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

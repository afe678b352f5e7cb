package pipeline.endtoend.faults.scenarios;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import pipeline.events.SampleEvents;

/** Sends valid events as fast as it can, spread over the partitions that the topic has at that moment. */
final class EventSender {
    private static final int IDS = 5;

    private EventSender() {}

    /** Returns when Kafka has all of them. */
    static void send(String bootstrapServers, String topic, int events) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            int partitions = producer.partitionsFor(topic).size();
            List<Future<RecordMetadata>> acks = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                byte[] value =
                        SampleEvents.jsonWith("id", Integer.toString(i % IDS)).getBytes(StandardCharsets.UTF_8);
                acks.add(producer.send(new ProducerRecord<>(topic, i % partitions, null, value)));
            }
            for (Future<RecordMetadata> ack : acks) {
                ack.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("events for " + topic, e);
        }
    }
}

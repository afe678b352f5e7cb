package pipeline.endtoend.system;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import pipeline.events.SampleEvents;

/** Sends valid events in transactions, spread over some partitions. */
public final class TransactionalSender implements AutoCloseable {
    private static final int IDS = 5;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;

    /** @param partitions how many of the topic's partitions it sends to */
    public TransactionalSender(String bootstrapServers, String topic, String transactionalId, int partitions) {
        this(bootstrapServers, topic, transactionalId, partitions, Duration.ofMinutes(10));
    }

    /** @param timeout after which the broker aborts an open transaction */
    public TransactionalSender(
            String bootstrapServers, String topic, String transactionalId, int partitions, Duration timeout) {
        this.topic = topic;
        this.partitions = partitions;
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "transactional.id",
                        transactionalId,
                        "transaction.timeout.ms",
                        (int) timeout.toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        // Aborts what an earlier producer with this id has left open.
        producer.initTransactions();
    }

    /** @param source the field of this name, which tells the events of one transaction from those of another */
    public void commit(int events, String source) {
        open(events, source);
        producer.commitTransaction();
    }

    public void abort(int events, String source) {
        open(events, source);
        producer.abortTransaction();
    }

    /** Leaves the transaction open; {@link #commitOpen}, {@link #abortOpen} or the next producer with this id ends it. */
    public void open(int events, String source) {
        producer.beginTransaction();
        for (int i = 0; i < events; i++) {
            byte[] value = SampleEvents.jsonWith("source", '"' + source + '"')
                    .replace("\"id\":1", "\"id\":" + i % IDS)
                    .getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic, i % partitions, null, value));
        }
        producer.flush();
    }

    public void commitOpen() {
        producer.commitTransaction();
    }

    public void abortOpen() {
        producer.abortTransaction();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}

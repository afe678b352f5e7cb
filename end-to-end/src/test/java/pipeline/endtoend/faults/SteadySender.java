package pipeline.endtoend.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import pipeline.events.kafka.KafkaEndpoint;

/** Sends values several times a second, between those of the producer. */
public final class SteadySender implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param values makes the values 0, 1, 2, …; null for a tombstone */
    public SteadySender(KafkaEndpoint kafka, Duration pause, LongFunction<byte[]> values) {
        Map<String, Object> settings = kafka.clientSettings();
        settings.put("delivery.timeout.ms", 600_000);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        AtomicLong next = new AtomicLong();
        clock.scheduleAtFixedRate(
                () -> producer.send(new ProducerRecord<>(kafka.topic(), values.apply(next.getAndIncrement()))),
                0,
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }
}

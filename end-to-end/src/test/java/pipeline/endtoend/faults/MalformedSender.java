package pipeline.endtoend.faults;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import pipeline.events.SampleEvents;
import pipeline.events.kafka.KafkaEndpoint;

/** Sends an invalid event several times a second, between those of the producer. */
final class MalformedSender implements AutoCloseable {
    private static final List<byte[]> VALUES = List.of(
            utf8("oops"),
            utf8(""),
            utf8(SampleEvents.jsonWith("id", "5")),
            utf8(SampleEvents.jsonWith("value", "NaN")),
            utf8(SampleEvents.jsonWith("ts", "\"yesterday\"")),
            utf8("two\nlines \" and a quote"),
            new byte[] {(byte) 0xFF, 0, 1});

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final KafkaProducer<byte[], byte[]> producer;

    MalformedSender(KafkaEndpoint kafka) {
        Map<String, Object> settings = kafka.clientSettings();
        settings.put("delivery.timeout.ms", 600_000);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        AtomicLong next = new AtomicLong();
        clock.scheduleAtFixedRate(
                () -> producer.send(new ProducerRecord<>(kafka.topic(), value(next.getAndIncrement()))),
                0,
                200,
                TimeUnit.MILLISECONDS);
    }

    /** Every eighth value is a tombstone. */
    private static byte[] value(long n) {
        int i = (int) (n % (VALUES.size() + 1));
        return i == VALUES.size() ? null : VALUES.get(i);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }
}

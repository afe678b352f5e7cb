package pipeline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import pipeline.producer.observe.Deliveries;

/** The real channel without a broker: the client soon gives up each event. */
@QuarkusTest
@TestProfile(GivingUpTest.NoBroker.class)
class GivingUpTest {
    public static class NoBroker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                    "MSGS_PER_SEC", "5",
                    "producer.drain-timeout", "1s",
                    "mp.messaging.outgoing.events.max.block.ms", "100",
                    "mp.messaging.outgoing.events.request.timeout.ms", "1000",
                    "mp.messaging.outgoing.events.delivery.timeout.ms", "3000",
                    "mp.messaging.outgoing.events.interceptor-bean", "attempts");
        }
    }

    @Inject
    @Identifier("attempts") Attempts attempts;

    @Inject
    Deliveries deliveries;

    @Test
    void doesNotResendEventsThatTheClientGaveUp() {
        // This takes 2.4 s; SmallRye would resend after 1 s.
        await().atMost(Duration.ofSeconds(20)).until(() -> deliveries.totals().failed() >= 12);

        assertThat(attempts.perSeq).hasSizeGreaterThanOrEqualTo(12);
        assertThat(attempts.perSeq.values()).containsOnly(1);
        assertThat(deliveries.totals().acked()).isZero();
        assertThat(deliveries.lastFailure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("metadata"));
    }

    @Test
    void keepsTheRetriesAndIdempotenceOfTheClient() {
        assertThat(attempts.config)
                .containsEntry("retries", "2147483647")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("acks", "all");
    }

    /** Counts how often each event is handed to the client. */
    @Singleton
    @Identifier("attempts") public static class Attempts implements ProducerInterceptor<String, byte[]> {
        final Map<String, Integer> perSeq = new ConcurrentHashMap<>();
        final Map<String, Object> config = new ConcurrentHashMap<>();

        @Override
        public void configure(Map<String, ?> newConfig) {
            config.putAll(newConfig);
        }

        @Override
        public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> event) {
            String seq = new String(event.headers().lastHeader("seq").value(), StandardCharsets.UTF_8);
            perSeq.merge(seq, 1, Integer::sum);
            return event;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}

        @Override
        public void close() {}
    }
}

package pipeline.producer;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pipeline.events.Event;
import pipeline.events.ReferenceDecoder;

@QuarkusTest
@TestProfile(ProducerTest.InMemory.class)
class ProducerTest {
    public static class InMemory implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.messaging.outgoing.events.connector",
                    InMemoryConnector.CONNECTOR,
                    "KAFKA_BOOTSTRAP_SERVERS",
                    "nowhere:1",
                    "MSGS_PER_SEC",
                    "200");
        }
    }

    @Inject
    @Connector(InMemoryConnector.CONNECTOR)
    InMemoryConnector memory;

    @Inject
    SwitchedTopic topic;

    @AfterEach
    void repairTopic() {
        topic.repair();
    }

    @Test
    void sendsEventsThatReadersAccept() throws Exception {
        for (Message<byte[]> message : received(100)) {
            Event event = ReferenceDecoder.decode(message.getPayload());

            assertThat(metadata(message).getKey()).isEqualTo(Integer.toString(event.id()));
            assertThat(event.ts()).isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        }
    }

    @Test
    void numbersTheEventsOfOneSession() {
        List<Message<byte[]>> messages = received(100);
        String session = header(messages.get(0), "session");

        assertThat(UUID.fromString(session)).hasToString(session);
        for (int seq = 0; seq < 100; seq++) {
            assertThat(header(messages.get(seq), "session")).isEqualTo(session);
            assertThat(header(messages.get(seq), "seq")).isEqualTo(Integer.toString(seq));
        }
    }

    @Test
    void keepsThePace() throws Exception {
        List<Message<byte[]>> messages = received(301);

        Instant first = ReferenceDecoder.decode(messages.get(0).getPayload()).ts();
        Instant last = ReferenceDecoder.decode(messages.get(300).getPayload()).ts();

        // 1.5 s at 200 per second, less the delay of the first event.
        assertThat(Duration.between(first, last)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void isReadyWhenTheTopicIs() {
        get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void isLiveButNotReadyWhenKafkaDoesNotAnswer() {
        topic.breakDown("Kafka does not answer");

        get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'Kafka topic' }.data.problem", equalTo("Kafka does not answer"))
                .body("checks.find { it.name == 'Kafka topic' }.data.kafka", equalTo("nowhere:1"));
        get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void countsForPrometheus() {
        received(100);

        await().untilAsserted(() -> {
            String metrics = get("/q/metrics").then().statusCode(200).extract().asString();
            assertThat(metric(metrics, "producer_events_sent_total")).isGreaterThanOrEqualTo(100);
            assertThat(metric(metrics, "producer_events_acked_total")).isGreaterThanOrEqualTo(100);
            assertThat(metric(metrics, "producer_events_failed_total")).isZero();
            assertThat(metric(metrics, "producer_events_skipped_total")).isNotNegative();
        });
    }

    private List<Message<byte[]>> received(int atLeast) {
        await().until(() -> memory.sink("events").received().size() >= atLeast);
        return memory.<byte[]>sink("events").received().stream()
                .<Message<byte[]>>map(message -> message)
                .toList();
    }

    private static OutgoingKafkaRecordMetadata<?> metadata(Message<?> message) {
        return message.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
    }

    private static String header(Message<?> message, String name) {
        return new String(metadata(message).getHeaders().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static double metric(String metrics, String name) {
        Matcher line = Pattern.compile("^" + name + "(?:\\{[^}]*})? (\\S+)$", Pattern.MULTILINE)
                .matcher(metrics);
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }
}

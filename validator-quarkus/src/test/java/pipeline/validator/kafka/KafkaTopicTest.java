package pipeline.validator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.events.settings.Settings;

class KafkaTopicTest {
    private static TopicState state(Map<String, String> environment) {
        return new KafkaTopic(new Settings(environment)).state(Map.of(), false);
    }

    @Test
    void asksNobodyIfNoBrokerIsSet() {
        assertThat(state(Map.of(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), "")))
                .isEqualTo(new TopicState.NotConfigured());
    }

    @Test
    void givesUpSoonIfNobodyAnswers() throws Exception {
        String servers;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            servers = "127.0.0.1:" + closed.getLocalPort();
        }
        Instant start = Instant.now();

        TopicState state = state(Map.of(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), servers));

        assertThat(state).isEqualTo(new TopicState.Unknown("Kafka at " + servers + " does not accept connections"));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void reportsAnInvalidHost() {
        assertThat(state(Map.of(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), "no-such-host.invalid:9092")))
                .isInstanceOf(TopicState.Unknown.class);
    }
}

package pipeline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.events.settings.Settings;

class ProducerMainTest {
    @Test
    void saysWhereEventsGoAndHowFast() {
        Settings settings = new Settings(
                Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "KAFKA_TOPIC", "other", "MSGS_PER_SEC", "0.5"));

        assertThat(ProducerMain.startLine(settings))
                .isEqualTo("Producer starting. Kafka=kafka:9092, topic=other, msgs/sec=0.5");
    }

    @Test
    void saysTheDefaults() {
        assertThat(ProducerMain.startLine(new Settings(Map.of())))
                .isEqualTo("Producer starting. Kafka=localhost:9094, topic=events, msgs/sec=5");
    }
}

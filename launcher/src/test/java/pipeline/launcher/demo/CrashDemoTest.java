package pipeline.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.events.settings.Settings;

class CrashDemoTest {
    @Test
    void keepsAwayFromAnotherRun() throws IOException {
        Settings asked = new Settings(Map.of(
                "KAFKA_TOPIC", "mine",
                "KAFKA_BOOTSTRAP_SERVERS", "localhost:9094",
                "OUTPUT_DIR", "/mine",
                "HOME", "/home/me"));

        Settings settings = CrashDemo.settings(asked, Path.of("/data/crash-demo"));

        assertThat(settings.outputDir()).isEqualTo(Path.of("/data/crash-demo/output/ours"));
        assertThat(settings.kafkaBootstrapServers()).isEqualTo("localhost:" + settings.kafkaPort());
        assertThat(settings.kafkaPort()).isNotEqualTo(Settings.DEFAULT_KAFKA_PORT);
        assertThat(settings.producerPort()).isNotEqualTo(Settings.DEFAULT_PRODUCER_PORT);
        assertThat(settings.kafkaTopic()).isEqualTo("events");
        assertThat(settings.environment()).containsEntry("HOME", "/home/me");
    }
}

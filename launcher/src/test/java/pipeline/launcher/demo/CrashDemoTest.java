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

        assertThat(settings.get(Settings.OUTPUT_DIR)).isEqualTo(Path.of("/data/crash-demo/output/ours"));
        assertThat(settings.get(Settings.KAFKA_BOOTSTRAP_SERVERS))
                .isEqualTo("localhost:" + settings.get(Settings.KAFKA_PORT));
        assertThat(settings.get(Settings.KAFKA_PORT)).isNotEqualTo(9094);
        assertThat(settings.get(Settings.PRODUCER_PORT)).isNotEqualTo(8084);
        assertThat(settings.get(Settings.KAFKA_TOPIC)).isEqualTo("events");
        assertThat(settings.environment()).containsEntry("HOME", "/home/me");
    }
}

package pipeline.local.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.events.Settings;
import pipeline.local.process.PartSpec;

class PartsTest {
    @Test
    void givesEachServiceItsPortOnThisMachineOnly() {
        PartSpec validator = parts(Map.of("VALIDATOR_PORT", "18083")).validator();

        assertThat(validator.command())
                .contains("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=18083")
                .endsWith("/repository/validator-quarkus/target/quarkus-app/quarkus-run.jar");
    }

    @Test
    void handsTheSettingsOn() {
        assertThat(parts(Map.of("RUN_ID", "x")).job(4040).environment()).containsEntry("RUN_ID", "x");
    }

    @Test
    void letsTheProducerEndOnlyWhenItHasALimit() {
        assertThat(parts(Map.of("EVENT_LIMIT", "5")).producer().mayEnd()).isTrue();
        assertThat(parts(Map.of()).producer().mayEnd()).isFalse();
    }

    @Test
    void keepsLocalSparkOnThisMachine() {
        assertThat(parts(Map.of()).job(4040).environment()).containsEntry("SPARK_LOCAL_IP", "127.0.0.1");
        assertThat(parts(Map.of("SPARK_LOCAL_IP", "10.0.0.1")).job(4040).environment())
                .containsEntry("SPARK_LOCAL_IP", "10.0.0.1");
        assertThat(parts(Map.of("SPARK_MASTER", "spark://master:7077"))
                        .job(4040)
                        .environment())
                .doesNotContainKey("SPARK_LOCAL_IP");
    }

    private static Parts parts(Map<String, String> environment) {
        return new Parts(Path.of("/repository"), Path.of("/data"), new Settings(environment));
    }
}

package pipeline.endtoend.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.system.Repository;
import pipeline.launcher.PipelineProcess;

/** {@code ./pipeline --crash-demo} as a user runs it. */
@Tag("faults")
class CrashDemoIT extends ScriptTestBase {
    @Test
    void showsThatOursHasEveryEventOnceAfterKills() throws IOException {
        try (PipelineProcess pipeline = PipelineProcess.start(
                Repository.SCRIPT,
                temp,
                Map.of(),
                "--crash-demo",
                "--data",
                temp.resolve("my data").toString())) {
            assertThat(pipeline.exitCode())
                    .as("%s%n%s", pipeline.output(), pipeline.errors())
                    .isZero();

            assertThat(pipeline.output())
                    .contains("this pipeline: every event exactly once")
                    .containsPattern("events in Kafka +100,000 +100,000");
        }
    }
}

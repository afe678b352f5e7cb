package pipeline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipelineTest {
    @Test
    void runsNothingWhenTheScriptOnlyBuilds() {
        assertThat(Pipeline.commandLine().execute("--build")).isZero();
    }
}

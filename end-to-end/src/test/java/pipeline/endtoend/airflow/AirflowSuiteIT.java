package pipeline.endtoend.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the tests of {@code airflow/}, and the linter and formatter for all Python code. */
@Tag("slow")
class AirflowSuiteIT {
    private static final long LIMIT_MINUTES = 5;
    private static final String PYTHON = " . ../benchmarks ../end-to-end/src/test/resources";

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"pytest -q", "ruff check" + PYTHON, "ruff format --check --diff" + PYTHON})
    void passes(String tool) throws IOException {
        Path python = AirflowEnvironment.prepare(temp);
        List<String> command = new ArrayList<>(List.of(python.toString(), "-m"));
        command.addAll(Arrays.asList(tool.split(" ")));
        Path output = temp.resolve("output");

        Process process = new ProcessBuilder(command)
                .directory(AirflowEnvironment.AIRFLOW.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(hasEnded(process)).as("ended in time").isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        System.out.println(tool + ": " + said.strip().lines().reduce("", (before, line) -> line));
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}

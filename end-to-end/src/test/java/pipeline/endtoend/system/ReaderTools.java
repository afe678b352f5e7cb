package pipeline.endtoend.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import pipeline.launcher.components.VirtualEnvironment;

/** DuckDB, pandas, Polars, PyIceberg and Spark, in the virtual environment of the benchmarks. */
public final class ReaderTools {
    private static final Path BENCHMARKS = Repository.ROOT.resolve("benchmarks");

    private ReaderTools() {}

    /**
     * Creates the environment if it does not exist, and returns its Python. Without a Python that has the tools, the tests are
     * skipped; in CI they fail.
     *
     * @param temp for the log
     */
    public static Path python(Path temp) throws IOException {
        Optional<String> python = new VirtualEnvironment(BENCHMARKS, System.getenv()).findPython();
        if (!"true".equals(System.getenv("CI")) && python.isEmpty()) {
            String reason = "SKIPPED: the tests of readers need Python 3.11, 3.12 or 3.13 with venv and ensurepip";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        Path log = temp.resolve("environment.log");
        Process process = new ProcessBuilder(BENCHMARKS.resolve("environment").toString(), python.orElse("python3"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.onExit().join().exitValue())
                .as(Files.readString(log))
                .isZero();
        return BENCHMARKS.resolve(".venv/bin/python");
    }
}

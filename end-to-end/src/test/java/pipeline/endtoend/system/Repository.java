package pipeline.endtoend.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import pipeline.launcher.PipelineProcess;

/** The repository whose modules were just built. */
public final class Repository {
    public static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    /** Starts the whole pipeline. */
    public static final Path SCRIPT = ROOT.resolve("pipeline");

    private Repository() {}

    /**
     * Prepares {@link #SCRIPT} so that it starts the pipeline without a build: it makes all modules look up to date, and
     * archives the classes of the modules now instead of during a test.
     */
    public static void prepareScript(Path temp) throws IOException {
        for (String module : List.of("producer-quarkus", "streaming-spark", "validator-quarkus", "launcher")) {
            Path marker = ROOT.resolve(module).resolve("target/.built");
            Files.deleteIfExists(marker);
            Files.createFile(marker);
        }
        try (PipelineProcess build = PipelineProcess.start(SCRIPT, temp, Map.of(), "--build")) {
            assertThat(build.exitCode()).as(build.errors()).isZero();
            assertThat(build.errors()).isEmpty();
        }
    }
}

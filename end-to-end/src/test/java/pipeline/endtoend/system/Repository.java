package pipeline.endtoend.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pipeline.launcher.PipelineProcess;

/** The repository whose modules were just built. */
public final class Repository {
    public static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    /** Starts the whole pipeline. */
    public static final Path SCRIPT = ROOT.resolve("pipeline");

    /** A schema of events that the producer can make up. */
    public static final Path ORDERS_SCHEMA =
            ROOT.resolve("events/src/test/resources/pipeline/events/schema/sample/orders.schema.json");

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>pipeline-parent</artifactId>\\s*<version>([^<]+)</version>");

    private Repository() {}

    /** Returns the version of the pipeline, which the parent pom states. */
    public static String version() {
        try {
            Matcher version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
            assertThat(version.find()).as("version in pom.xml").isTrue();
            return version.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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

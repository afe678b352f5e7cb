package pipeline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code pipeline} in a repository of its own, where Maven and the launcher are stubs. */
@Execution(ExecutionMode.CONCURRENT)
class StartScriptTest {
    private static final List<String> MODULES =
            List.of("events", "producer-quarkus", "streaming-spark", "validator-quarkus", "launcher");

    /** Copies a jar to where Maven would have built one, for each module that is asked for. */
    private static final String MVNW =
            """
            #!/bin/sh
            while [ "$1" != -pl ]; do shift; done
            echo "$2" >>calls
            echo "[INFO] Building $2 0.2.0                      [1/1]"
            if [ -e broken ]; then echo "[ERROR] a semicolon is missing"; exit 1; fi
            for module in $(echo "$2" | tr , ' '); do
                mkdir -p "$module/target/quarkus-app"
                cp stub.jar "$module/target/quarkus-app/quarkus-run.jar"
                cp stub.jar "$module/target/$module.jar"
            done
            """;

    @TempDir
    private Path temp;

    private Path root;

    private record Result(int exitCode, String output) {}

    @BeforeEach
    void makeRepository() throws IOException {
        root = Files.createDirectories(temp.resolve("a repository"));
        Files.copy(Path.of("../pipeline"), root.resolve("pipeline"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(root.resolve("pom.xml"), "");
        executable(Files.writeString(root.resolve("mvnw"), MVNW));
        StubJar.write(root.resolve("stub.jar"), StubLauncher.class);
        for (String module : MODULES) {
            Path sources = Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.writeString(sources.resolve("Some.java"), "");
            Files.writeString(root.resolve(module).resolve("pom.xml"), "");
            Files.createFile(root.resolve(module).resolve("java.args"));
        }
    }

    @Test
    void buildsWhatIsMissingAndHandsOver() throws IOException {
        Result result = run("--data", "my data");

        assertThat(result.output())
                .contains(
                        "building producer-quarkus, streaming-spark, validator-quarkus, launcher: not built yet",
                        "[1/1] producer-quarkus,streaming-spark,validator-quarkus,launcher",
                        "launched in elsewhere with [--data, my data], terminal false");
        assertThat(result.exitCode()).isEqualTo(7);
    }

    @Test
    void startsAtOnceWhenAllIsBuilt() throws IOException {
        run();

        Result result = run();

        assertThat(result.output().lines()).containsExactly("launched in elsewhere with [], terminal false");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void buildsAModuleWhoseSourcesAreNewer() throws IOException {
        run();
        touch("streaming-spark/src/main/java/Some.java");

        Result result = run();

        assertThat(result.output()).contains("building streaming-spark: sources are newer");
        assertThat(builds()).last().isEqualTo("streaming-spark");
    }

    @Test
    void noticesAFileThatIsGone() throws IOException {
        run();
        Files.delete(root.resolve("launcher/src/main/java/Some.java"));
        touch("launcher/src/main/java");

        run();

        assertThat(builds()).last().isEqualTo("launcher");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "events/pom.xml", "events/src/main/java/Some.java"})
    void buildsEverythingWhenWhatAllShareIsNewer(String file) throws IOException {
        run();
        touch(file);

        run();

        assertThat(builds()).last().isEqualTo("producer-quarkus,streaming-spark,validator-quarkus,launcher");
    }

    @Test
    void showsWhatMavenSaidWhenTheBuildFails() throws IOException {
        Files.createFile(root.resolve("broken"));

        Result result = run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("[ERROR] a semicolon is missing", "pipeline: the build failed")
                .doesNotContain("launched");
    }

    @Test
    void buildsAgainAfterABuildThatFailed() throws IOException {
        run();
        touch("launcher/pom.xml");
        Path broken = Files.createFile(root.resolve("broken"));
        run();
        Files.delete(broken);

        Result result = run();

        assertThat(builds()).containsSubsequence("launcher", "launcher");
        assertThat(result.output()).contains("launched");
    }

    @Test
    void buildsOnlyTheLauncherForHelp() throws IOException {
        run("--help");

        assertThat(builds()).containsExactly("launcher");
    }

    @Test
    void buildsOnlyTheLauncherForADraftAndLeavesStandardOutputToIt() throws IOException {
        Path redirecting = root.resolve("redirecting");
        executable(Files.writeString(
                redirecting,
                "#!/bin/sh\n'%s' --topic orders --infer-schema 2>../errors\n".formatted(root.resolve("pipeline"))));

        Result result = run(redirecting);

        assertThat(result.output().lines())
                .containsExactly("launched in elsewhere with [--topic, orders, --infer-schema], terminal false");
        assertThat(temp.resolve("errors")).content().contains("building launcher: not built yet", "  built in ");
        assertThat(builds()).containsExactly("launcher");
    }

    @Test
    void startsAllTheSameWhenItsClassesCannotBeArchived() throws IOException {
        Result result = run();

        assertThat(result.output())
                .contains(
                        "preparing a faster start of producer-quarkus, streaming-spark, validator-quarkus, launcher\n",
                        "streaming-spark will start without",
                        "launcher will start without",
                        "launched");
        assertThat(root.resolve("data/local/logs")).isDirectoryNotContaining("glob:**/training*");
    }

    @Test
    void archivesTheClassesOfAModuleAgainWhenItsJavaOptionsAreNewer() throws IOException {
        run();
        touch("validator-quarkus/java.args");

        Result result = run();

        assertThat(result.output()).contains("preparing a faster start of validator-quarkus\n");
    }

    @Test
    void startsWhenNothingReplacesAnArchiveThatIsReadOnly() throws IOException {
        run();
        Path archive = root.resolve("launcher/target/launcher.jsa");
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("r--r--r--"));
        touch("launcher/java.args");

        Result result = run();

        assertThat(result.output()).contains("launcher will start without", "launched");
        // Root may write to any file: so that the test fails for root, too, if the file is written and not replaced.
        assertThat(Files.getPosixFilePermissions(archive)).contains(PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void isFoundThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("a repository/pipeline"));

        Result result = run(link);

        assertThat(result.output()).contains("launched");
    }

    private Result run(String... options) throws IOException {
        return run(root.resolve("pipeline"), options);
    }

    /** Runs with a JAVA_HOME that does not exist, like one that nobody has updated. */
    private Result run(Path script, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(options));
        Path output = temp.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(temp.resolve("elsewhere")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", "/nowhere");
        builder.environment()
                .merge("PATH", Path.of(System.getProperty("java.home"), "bin") + ":", (path, java) -> java + path);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Result(process.exitValue(), Files.readString(output));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(root.resolve("calls"));
    }

    private void touch(String file) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(file), FileTime.from(Instant.now().plusSeconds(2)));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

package pipeline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import pipeline.events.output.OutputTree;

/** The launcher with a real broker, and with stubs for the other components, because stubs start faster. */
@Execution(ExecutionMode.CONCURRENT)
class LaunchIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @TempDir
    private Path temp;

    private Path libraries;
    private Path script;
    private PipelineProcess pipeline;

    /** Creates a repository with a copy of the launcher's jar, which derives the repository from its own location. */
    @BeforeEach
    void makeRepository() throws IOException {
        Path root = Files.createDirectories(temp.resolve("a repository"));
        Path target = Files.createDirectories(root.resolve("launcher/target"));
        Files.copy(TARGET.resolve("launcher.jar"), target.resolve("launcher.jar"));
        libraries = Files.createSymbolicLink(target.resolve("lib"), TARGET.resolve("lib"));
        StubJar.write(root.resolve("producer-quarkus/target/quarkus-app/quarkus-run.jar"), StubService.class);
        StubJar.write(root.resolve("validator-quarkus/target/quarkus-app/quarkus-run.jar"), StubService.class);
        StubJar.write(root.resolve("streaming-spark/target/streaming-spark.jar"), StubJob.class);
        for (String module : List.of("producer-quarkus", "validator-quarkus", "streaming-spark")) {
            Files.writeString(root.resolve(module).resolve("java.args"), "-XX:TieredStopAtLevel=1\n");
        }
        script = Files.writeString(
                root.resolve("pipeline"),
                """
                #!/bin/sh
                exec '%s/bin/java' -jar '%s/launcher.jar' "$@"
                """
                        .formatted(System.getProperty("java.home"), target));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void endAll() throws IOException {
        pipeline.close();
        Files.delete(libraries);
    }

    @Test
    void runsForTheTimeThatWasAskedFor() throws IOException {
        start(script, "--for", "1s");
        pipeline.awaitHealth();

        assertThat(pipeline.exitCode()).isZero();
        assertThat(pipeline.output())
                .containsSubsequence(
                        "starting broker",
                        "all is healthy",
                        "/aggregates",
                        "sent ?, committed 0, rejected 0, lag 0",
                        "stopping producer",
                        "stopping job",
                        "stopping validator",
                        "stopping broker");
        assertThat(pipeline.runningParts()).isEmpty();
        assertThat(temp.resolve("a repository/data/local/logs")).isDirectoryContaining("glob:**/job.log");
    }

    @Test
    void stopsTheRestWhenAPartDies() throws IOException {
        start(script);
        pipeline.awaitHealth();

        pipeline.killPart("validator-quarkus");

        assertThat(pipeline.exitCode()).isEqualTo(1);
        assertThat(pipeline.errors())
                .startsWith("pipeline: validator ended with exit code 137; its last lines:\n  stub on port ");
        assertThat(pipeline.runningParts()).isEmpty();
    }

    @Test
    void refusesASecondRunOnTheSameDataAndStopsAtSigterm() throws IOException {
        start(script);
        pipeline.awaitHealth();
        try (PipelineProcess second = PipelineProcess.start(script, temp, Map.of())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors()).startsWith("pipeline: another ./pipeline is running on ");
        }

        pipeline.signal("TERM");

        assertThat(pipeline.exitCode()).isEqualTo(143);
        assertThat(pipeline.runningParts()).isEmpty();
    }

    @Test
    void stopsWhenNobodyReadsItsOutputAnyMore() throws IOException {
        Path head = Files.writeString(script.resolveSibling("head"), "#!/bin/sh\n\"%s\" | head -5\n".formatted(script));
        Files.setPosixFilePermissions(head, PosixFilePermissions.fromString("rwxr-xr-x"));
        start(head);

        assertThat(pipeline.exitCode()).isZero();
        assertThat(pipeline.output().lines()).hasSize(5);
        assertThat(pipeline.errors()).isEqualTo("pipeline: nobody reads the output any more; stopping\n");
    }

    @Test
    void deletesOldDataAndEndsWithOneWhenTheNumbersDoNotAgree() throws IOException {
        Path data = temp.resolve("data");
        Path row = Files.createFile(
                Files.createDirectories(data.resolve("output/parquet/run_1")).resolve("row"));

        start(script, "--events", "5", "--fresh", "--yes", "--data", data.toString());

        assertThat(pipeline.exitCode()).isEqualTo(1);
        assertThat(pipeline.output())
                .contains("asked for", "<-- differs: 5, what was acked", "the marked numbers do not agree");
        assertThat(row).doesNotExist();
    }

    @Test
    void namesTheLedgerRecordThatIsDamaged() throws IOException {
        Path data = temp.resolve("data");
        Path ledger = Files.createDirectories(new OutputTree(data.resolve("output")).ledger("1"));
        Path record = Files.writeString(ledger.resolve(OutputTree.recordName(0)), "{}");

        start(script, "--data", data.toString());

        assertThat(pipeline.exitCode()).isEqualTo(1);
        assertThat(pipeline.errors().lines()).singleElement().asString().contains(record.toString());
        assertThat(pipeline.output()).endsWith("stopping broker\n");
    }

    @Test
    void deletesNothingUnasked() throws IOException {
        Path data = temp.resolve("data");
        Path row = Files.createFile(
                Files.createDirectories(data.resolve("output/parquet/run_1")).resolve("row"));

        start(script, "--fresh", "--data", data.toString());

        assertThat(pipeline.exitCode()).isEqualTo(1);
        assertThat(pipeline.errors()).contains("nothing was deleted", "--yes");
        assertThat(row).exists();
    }

    private void start(Path program, String... options) throws IOException {
        pipeline = PipelineProcess.start(program, temp, Map.of(), options);
    }
}

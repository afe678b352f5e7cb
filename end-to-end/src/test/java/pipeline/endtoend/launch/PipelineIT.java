package pipeline.endtoend.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.Repository;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.Settings;
import pipeline.launcher.PipelineProcess;

/** {@code ./pipeline} as a user runs it, with all real components. The other modules have been built before. */
class PipelineIT extends ScriptTestBase {
    /** How long all components may take to end after the launcher is killed. */
    private static final Duration PROMISED = Duration.ofSeconds(10);

    private Path data;

    @BeforeEach
    void nameDataFolder() {
        data = temp.resolve("my data");
    }

    /** Java would ignore an archive that does not fit; with -Xshare:on it exits instead. */
    @ParameterizedTest
    @CsvSource({
        "producer-quarkus, target/quarkus-app/quarkus-run.jar",
        "streaming-spark, target/streaming-spark.jar",
        "validator-quarkus, target/quarkus-app/quarkus-run.jar",
        "launcher, target/launcher.jar"
    })
    void archivesTheClassesThatEachModuleLoads(String module, String jar) throws IOException, InterruptedException {
        Path folder = Repository.ROOT.resolve(module);
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "@" + folder.resolve("java.args"),
                        "-Xshare:on",
                        "-XX:SharedArchiveFile=" + folder.resolve("target/" + module + ".jsa"),
                        "-cp",
                        folder.resolve(jar).toString(),
                        "-version")
                .inheritIO()
                .start();

        assertThat(java.waitFor()).isZero();
    }

    @Test
    void commitsEveryEventOnce() throws IOException {
        try (PipelineProcess pipeline = run("--events", "5000", "--rate", "1000")) {
            assertThat(pipeline.exitCode()).as(pipeline.output()).isZero();

            assertThat(pipeline.output()).contains("every number agrees");
        }
        assertThat(positions()).hasSize(5000).doesNotHaveDuplicates();
    }

    /** The schema file is named as one does in its folder. */
    @Test
    @Tag("slow")
    void commitsEveryEventOfASchemaOnce() throws IOException {
        Path file = Files.copy(Repository.ORDERS_SCHEMA, temp.resolve("orders.schema.json"));
        Map<String, String> settings = Map.of(
                Settings.EVENT_SCHEMA_FILE.name(),
                file.getFileName().toString(),
                Settings.KAFKA_TOPIC.name(),
                "orders");
        try (PipelineProcess pipeline = run(settings, "--events", "1000", "--rate", "max")) {
            assertThat(pipeline.exitCode()).as(pipeline.output()).isZero();

            assertThat(pipeline.output())
                    .contains("  schema      " + file + "\n", "rows, 0 rejected", "every number agrees");
        }
    }

    @Test
    @Tag("slow")
    void losesNothingAndRepeatsNothingOverAKillAndCtrlC() throws IOException {
        try (PipelineProcess pipeline = run("--rate", "500")) {
            pipeline.awaitHealth();
            awaitNewRecord();

            pipeline.signal("KILL");

            await().atMost(PROMISED)
                    .untilAsserted(() -> assertThat(pipeline.runningParts()).isEmpty());
        }
        try (PipelineProcess pipeline = run("--rate", "500")) {
            pipeline.awaitHealth();
            awaitNewRecord();

            pipeline.pressCtrlC();

            assertThat(pipeline.exitCode()).isEqualTo(130);
            assertThat(pipeline.runningParts()).isEmpty();
            assertThat(pipeline.output()).contains("Producer stopped. sent=").doesNotContain("was killed");
        }
        try (PipelineProcess pipeline = run("--events", "300", "--rate", "1000")) {
            assertThat(pipeline.exitCode()).as(pipeline.output()).isZero();
        }
        assertThatOneRunHasEveryOffsetOnce();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource(
            nullValues = "none",
            value = {
                "none, none, --events, -1, --events=-1",
                "none, none, --for, soon, --for=soon",
                "none, none, --rate, 0, --rate=0",
                "none, none, --data, /dev/null/x, --data=/dev/null/x",
                "none, none, --airports, 1, --airports",
                "OUTPUT_DIR, s3://bucket/x, --for, 1s, OUTPUT_DIR=s3://bucket/x",
                "KAFKA_TOPIC, a b, --for, 1s, KAFKA_TOPIC=a b",
                "EVENT_SCHEMA_FILE, /no.json, --for, 1s, EVENT_SCHEMA_FILE=/no.json",
                "MSGS_PER_SEC, many, --for, 1s, MSGS_PER_SEC=many",
                "TRIGGER_INTERVAL, 10, --for, 1s, TRIGGER_INTERVAL=10",
                "VALIDATOR_PORT, 0, --for, 1s, VALIDATOR_PORT=0",
            })
    void refusesBadInputInOneLine(String setting, String value, String option, String argument, String named)
            throws IOException {
        Map<String, String> settings = setting == null ? Map.of() : Map.of(setting, value);
        try (PipelineProcess pipeline = PipelineProcess.start(Repository.SCRIPT, temp, settings, option, argument)) {
            assertThat(pipeline.exitCode()).isEqualTo(2);

            assertThat(pipeline.errors().lines()).singleElement().asString().contains(named);
            assertThat(pipeline.output()).isEmpty();
        }
    }

    @Test
    void namesTheOutputFolderThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        Map<String, String> settings = Map.of("OUTPUT_DIR", file.resolve("x").toString());
        try (PipelineProcess pipeline = PipelineProcess.start(Repository.SCRIPT, temp, settings)) {
            assertThat(pipeline.exitCode()).isEqualTo(2);

            assertThat(pipeline.errors().lines()).singleElement().asString().contains("OUTPUT_DIR=" + file);
        }
    }

    @Test
    void namesThePortInUseAndTheSettingThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = Map.of("PRODUCER_PORT", Integer.toString(taken.getLocalPort()));
            try (PipelineProcess pipeline =
                    PipelineProcess.start(Repository.SCRIPT, temp, settings, "--data", data.toString())) {
                assertThat(pipeline.exitCode()).isEqualTo(1);

                assertThat(pipeline.errors().lines())
                        .singleElement()
                        .asString()
                        .contains("port " + taken.getLocalPort(), "producer", "PRODUCER_PORT");
            }
        }
    }

    private PipelineProcess run(String... options) throws IOException {
        return run(Map.of(), options);
    }

    private PipelineProcess run(Map<String, String> settings, String... options) throws IOException {
        String[] all = Stream.concat(Stream.of(options), Stream.of("--data", data.toString()))
                .toArray(String[]::new);
        return PipelineProcess.start(Repository.SCRIPT, temp, settings, all);
    }

    /** Waits until the job has committed more events. */
    private void awaitNewRecord() {
        Path ledger = new OutputTree(data.resolve("output")).ledger("1");
        int seq = 0;
        while (Files.exists(ledger.resolve(OutputTree.recordName(seq)))) {
            seq++;
        }
        Path next = ledger.resolve(OutputTree.recordName(seq));
        await().atMost(PipelineProcess.LIMIT).until(() -> Files.exists(next));
    }

    private void assertThatOneRunHasEveryOffsetOnce() throws IOException {
        try (Stream<Path> runs = Files.list(data.resolve("output/parquet"))) {
            assertThat(runs).map(Path::getFileName).containsExactly(Path.of("run_1"));
        }
        assertThatOffsetsHaveNoHoles(positions());
    }

    /** Where an event stood in Kafka. */
    private record Position(int partition, long offset) {}

    private List<Position> positions() throws IOException {
        return ParquetRows.readAll(data.resolve("output/parquet")).stream()
                .map(row -> new Position(row.partition(), row.offset()))
                .toList();
    }

    private static void assertThatOffsetsHaveNoHoles(List<Position> rows) {
        assertThat(rows).doesNotHaveDuplicates();
        for (int partition = 0; partition < 3; partition++) {
            int wanted = partition;
            List<Long> offsets = rows.stream()
                    .filter(row -> row.partition() == wanted)
                    .map(Position::offset)
                    .sorted()
                    .toList();
            assertThat(offsets).isNotEmpty().first().isEqualTo(0L);
            assertThat(offsets).last().isEqualTo(offsets.size() - 1L);
        }
    }
}

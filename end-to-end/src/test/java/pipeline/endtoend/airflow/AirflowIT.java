package pipeline.endtoend.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.scenarios.Fault;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.KillableProcess;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Settings;
import pipeline.launcher.PipelineProcess;
import pipeline.launcher.components.Components;
import pipeline.launcher.process.Signals;
import pipeline.launcher.setup.Ports;

/**
 * {@code ./pipeline --airflow}: the real Airflow with the real validator, in one launch from its start to Ctrl-C. The job
 * runs elsewhere, so that it can be killed.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AirflowIT {
    private static final String TOPIC = "events";
    private static final int RUBBISH = 5;
    private static final int EVENTS = 500;
    private static final int MORE = 50;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** How long all processes may take to end after Ctrl-C. */
    private static final Duration PROMISED = Duration.ofSeconds(60);

    private static final String AGGREGATE = "aggregate_parquet";
    private static final String VALIDATE = "validate_parquet";
    private static final Set<String> FINAL = Set.of("success", "failed");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<KillableProcess> JOBS = new ArrayList<>();

    /** With any of these, Airflow would not work. */
    private static final Map<String, String> VARIABLES_OF_OTHER_PROGRAMS = Map.of(
            "AIRFLOW__CORE__EXECUTOR", "CeleryExecutor", "AIRFLOW__CORE__DAGS_FOLDER", "/dags/of/another/airflow");

    @TempDir
    private static Path temp;

    private static String kafka;
    private static int validatorPort;
    private static PipelineProcess pipeline;
    private static AirflowClient airflow;

    @BeforeAll
    static void startAll() throws IOException {
        AirflowEnvironment.prepare(temp);
        Repository.prepareScript(temp);
        int kafkaPort = Ports.free();
        kafka = "localhost:" + kafkaPort;
        validatorPort = Ports.free();
        int airflowPort = Ports.free();
        Map<String, String> settings = new HashMap<>(VARIABLES_OF_OTHER_PROGRAMS);
        settings.put("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "sqlite:///" + usersDatabase());
        settings.put("PYTHONPATH", Files.createDirectory(temp.resolve("python")).toString());
        Files.writeString(temp.resolve("python/airflow.py"), "raise ImportError('of another program')\n");
        settings.put(Settings.KAFKA_PORT.name(), Integer.toString(kafkaPort));
        settings.put(Settings.VALIDATOR_PORT.name(), Integer.toString(validatorPort));
        settings.put(Settings.AIRFLOW_PORT.name(), Integer.toString(airflowPort));
        settings.put("VALIDATOR_CHECKS_STALLED_FAIL", "30s");
        // So that each run of the DAG sees what was done just before it.
        settings.put("VALIDATOR_VALIDATION_MAX_AGE", "0s");
        pipeline = PipelineProcess.start(
                Repository.SCRIPT,
                temp,
                settings,
                "--airflow",
                "--without",
                "producer",
                "--without",
                "job",
                "--data",
                data().toString());
        pipeline.awaitHealth();
        airflow = new AirflowClient(airflowPort);
        await("the DAG").atMost(LIMIT).until(airflow::isDagKnownAndOn);
    }

    @AfterAll
    static void endAll() {
        JOBS.forEach(KillableProcess::kill);
        if (pipeline != null) {
            pipeline.close();
        }
    }

    /** The database of the user's own Airflow. */
    private static Path usersDatabase() {
        return temp.resolve("users-airflow.db");
    }

    private static Path data() {
        return temp.resolve("data");
    }

    private static KillableProcess startJob(String runId) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(Map.of(
                Settings.KAFKA_BOOTSTRAP_SERVERS.name(),
                kafka,
                Settings.OUTPUT_DIR.name(),
                data().resolve("output").toString(),
                Settings.RUN_ID.name(),
                runId,
                Settings.TRIGGER_INTERVAL.name(),
                "1s"));
        Path folder = Files.createDirectories(temp.resolve("job-" + runId));
        KillableProcess job = new KillableProcess(
                new Components(Repository.ROOT, folder, new Settings(environment)).job(Ports.free()), folder);
        job.start();
        JOBS.add(job);
        return job;
    }

    @Test
    @Order(1)
    void isNotTheAirflowThatTheUsersVariablesAreFor() {
        assertThat(usersDatabase()).doesNotExist();
        assertThat(data().resolve("airflow/airflow.db")).exists();
        Fault.AIRFLOW_VARIABLES.isSeenAs();
    }

    @Test
    @Order(2)
    void isRedAndSaysWhyWhenEverythingIsRejected() throws IOException {
        EventSender.sendValues(kafka, TOPIC, Collections.nCopies(RUBBISH, "{\"id\":1}"));
        KillableProcess job = startJob("1");
        await("rejected events")
                .atMost(LIMIT)
                .until(() -> aggregates().path("rejected").asInt() == RUBBISH);

        String run = finished(airflow.trigger(), "failed");

        job.kill();
        assertThat(airflow.log(run, AGGREGATE))
                .contains("=== Count per id ===", "[aggregate_parquet] Total rows: 0")
                .contains("rejected: 5 of 5 events, 100 %. Most of the newest ones: ");
        assertThat(airflow.log(run, VALIDATE)).contains("=== Checks ===", "FAILED  rejected: observed 5 of 5 events");
    }

    @Test
    @Order(3)
    void logsWhatTheValidatorAnswers() throws IOException {
        startJob("2");
        EventSender.send(kafka, TOPIC, EVENTS);
        await("events").atMost(LIMIT).until(() -> aggregates().path("totalRows").asInt() == EVENTS);

        String run = finished(airflow.trigger(), "success");

        String log = airflow.log(run, AGGREGATE);
        assertThat(log)
                .contains("[aggregate_parquet] Reading Parquet from: " + data().resolve("output/parquet"))
                .contains("[aggregate_parquet] Total rows: " + EVENTS);
        assertThat(countsAndMeans(log))
                .hasSize(5)
                .containsExactlyElementsOf(
                        StreamSupport.stream(aggregates().path("perId").spliterator(), false)
                                .map(id -> List.of(
                                        id.path("id").asDouble(),
                                        id.path("count").asDouble(),
                                        id.path("mean").asDouble()))
                                .toList());
        assertThat(airflow.log(run, VALIDATE)).contains("readable-files: observed 0 of ", "expected 0 unreadable");
        assertThat(airflow.slotsOfDefaultPool()).isPositive();
    }

    @Test
    @Order(4)
    void isRedAtTheFirstTryAndNamesTheFileThatIsTorn() throws IOException {
        Path torn = anyParquetFile();
        byte[] whole = Files.readAllBytes(torn);
        Files.write(torn, List.of("PAR1"));

        String run = finished(airflow.trigger(), "failed");

        Files.write(torn, whole);
        String red = airflow.state(run, AGGREGATE).equals("failed") ? AGGREGATE : VALIDATE;
        assertThat(airflow.state(run, red)).isEqualTo("failed");
        assertThat(airflow.tries(run, red)).isEqualTo(1);
        assertThat(airflow.log(run, red)).contains(torn.getFileName().toString());
    }

    @Test
    @Order(5)
    void isRedWhileEventsWaitForAJobThatIsDownAndGreenAfterItsRestart() throws IOException {
        KillableProcess job = JOBS.get(JOBS.size() - 1);
        job.kill();
        EventSender.send(kafka, TOPIC, MORE);
        await("the check").atMost(LIMIT).until(() -> lag().equals("FAILED"));

        String red = finished(airflow.trigger(), "failed");

        assertThat(airflow.state(red, AGGREGATE)).isEqualTo("success");
        assertThat(airflow.log(red, AGGREGATE)).contains("[aggregate_parquet] Total rows: " + EVENTS);
        assertThat(airflow.log(red, VALIDATE)).contains("=== Checks ===", "lag: The job has stopped");
        job.start();
        await("the job")
                .atMost(LIMIT)
                .until(() -> aggregates().path("totalRows").asInt() == EVENTS + MORE);
        await("the check").atMost(LIMIT).until(() -> lag().equals("OK"));
        finished(airflow.trigger(), "success");
    }

    @Test
    @Order(6)
    void leavesNoProcessBehindWhenItIsStoppedWhileATaskRuns() throws IOException {
        ProcessHandle validator = pipeline.part("validator-quarkus");
        Signals.send("STOP", validator.pid());
        String run = airflow.trigger();
        await("a task").atMost(LIMIT).until(() -> airflow.state(run, AGGREGATE).equals("running"));
        List<ProcessHandle> all = pipeline.descendants();
        long began = System.nanoTime();

        pipeline.pressCtrlC();

        pipeline.awaitLine("stopping validator");
        Signals.send("CONT", validator.pid());
        assertThat(pipeline.exitCode()).isEqualTo(130);
        assertThat(all).hasSizeGreaterThan(12);
        await().atMost(PROMISED.minusNanos(System.nanoTime() - began))
                .untilAsserted(() -> assertThat(all).noneMatch(ProcessHandle::isAlive));
        assertThat(pipeline.output()).contains("Airflow: stopped").doesNotContain("was killed");
    }

    /** Returns id, count and mean from each line of the log that contains them. */
    private static List<List<Double>> countsAndMeans(String log) {
        return Pattern.compile("(?m)^ *(\\d) +(\\d+) +(\\d+\\.\\d+) *$")
                .matcher(log)
                .results()
                .map(line -> Stream.of(1, 2, 3)
                        .map(group -> Double.valueOf(line.group(group)))
                        .toList())
                .toList();
    }

    private static String finished(String run, String state) {
        await(run).atMost(LIMIT).until(() -> FINAL.contains(airflow.state(run)));
        assertThat(airflow.state(run)).isEqualTo(state);
        return run;
    }

    private static JsonNode aggregates() throws IOException {
        return get("/aggregates");
    }

    /** Returns the status of the check. */
    private static String lag() throws IOException {
        return StreamSupport.stream(get("/validation").path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals("lag"))
                .findFirst()
                .orElseThrow()
                .path("status")
                .asText();
    }

    private static JsonNode get(String path) throws IOException {
        return JSON.readTree(
                URI.create("http://127.0.0.1:" + validatorPort + path).toURL());
    }

    private static Path anyParquetFile() throws IOException {
        try (Stream<Path> files = Files.walk(data().resolve("output/parquet"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

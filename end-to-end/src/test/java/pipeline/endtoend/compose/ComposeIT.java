package pipeline.endtoend.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.endtoend.airflow.AirflowClient;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.Repository;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.launcher.components.TopicAdmin;

/** {@code docker compose up} as a user types it. The steps share one stack, and each continues where the last one ended. */
@Tag("compose")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {
    private static final int SIX_GIBIBYTES = 6 * 1024;
    /** Several batches at the test's rate. */
    private static final int MORE_ROWS = 500;

    private Path output;
    private ComposeStack stack;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Docker.assumeItAnswers();
        output = folder;
        stack = new ComposeStack(Repository.ROOT, output);
        stack.compose("down", "--volumes");
        long start = System.nanoTime();
        stack.compose("up", "--detach", "--build", "--wait");
        say("up -d --build --wait: all healthy after %d s", seconds(start));
    }

    @AfterAll
    void removeAll() throws IOException {
        if (stack != null) {
            stack.compose("down", "--volumes");
        }
    }

    @Test
    @Order(1)
    void publishesEvents() throws IOException {
        long rows = stack.totalRows();

        ComposeStack.waiting().until(() -> stack.totalRows() > rows + MORE_ROWS);

        double used = stack.memory();
        say("events flow: %d rows; all containers use %.0f MiB", stack.totalRows(), used);
        assertThat(used).isLessThan(SIX_GIBIBYTES);
    }

    /** An anonymous volume remains when its container is removed, and no {@code down -v} finds it. */
    @Test
    @Order(2)
    void hasNamedVolumesOnly() throws IOException {
        assertThat(stack.volumes()).containsExactly("pipeline-test_airflow-data", "pipeline-test_kafka-data");
    }

    @Test
    @Order(2)
    void runsTheTasksOnTheWorker() throws IOException {
        JsonNode master = stack.get(ComposeStack.SPARK_MASTER, "/json/");
        JsonNode executors = stack.executors();

        assertThat(master.get("activeapps")).hasSize(1);
        assertThat(master.at("/workers/0/coresused").asInt()).isPositive();
        for (JsonNode executor : executors) {
            boolean isDriver = executor.get("id").asText().equals("driver");
            int tasks = executor.get("completedTasks").asInt();
            String place = executor.get("hostPort").asText();
            say("%s at %s: %d tasks", isDriver ? "driver" : "executor", place, tasks);
            assertThat(tasks > 0).isNotEqualTo(isDriver);
        }
        assertThat(executors).hasSize(2);
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"spark-streaming", "spark-worker", "spark-master", "kafka", "producer", "validator"})
    void comesBackByItselfWhenKilled(String service) throws IOException {
        int restarts = stack.restarts(service);
        long rows = stack.totalRows();
        long start = System.nanoTime();

        stack.killProcess(service);

        ComposeStack.waiting().until(() -> stack.restarts(service) > restarts);
        ComposeStack.waiting().until(() -> stack.isHealthy(service));
        ComposeStack.waiting().until(() -> stack.totalRows() > rows + MORE_ROWS);
        say("%s killed: %d rows before, %d rows %d s later", service, rows, stack.totalRows(), seconds(start));
    }

    @Test
    @Order(4)
    void hasLostAndDoubledNothing() throws IOException {
        stack.compose("stop", "producer");

        long events = awaitAllCommitted();

        assertThat(stack.validation()).isEqualTo("OK");
        say("after the kills: %d events in Kafka, each in Parquet exactly once", events);
    }

    @Test
    @Order(5)
    void seesTheSameTotalsInAirflow() throws IOException {
        AirflowClient airflow = new AirflowClient(stack.port(ComposeStack.AIRFLOW));

        String run = airflow.trigger();

        ComposeStack.waiting()
                .until(() -> airflow.state(run), state -> state.equals("success") || state.equals("failed"));
        assertThat(airflow.state(run)).isEqualTo("success");
        assertThat(airflow.log(run, "aggregate_parquet"))
                .contains("[aggregate_parquet] Total rows: " + stack.totalRows());
        say("the DAG succeeded: Total rows: %d", stack.totalRows());
    }

    @Test
    @Order(6)
    void resumesTheSameRunAfterDownAndUp() throws IOException {
        long rows = stack.totalRows();
        stack.compose("down");

        stack.compose("up", "--detach", "--wait");

        assertThat(stack.totalRows()).isGreaterThanOrEqualTo(rows);
        ComposeStack.waiting().until(() -> stack.totalRows() > rows + MORE_ROWS);
        stack.compose("stop", "producer");
        long events = awaitAllCommitted();
        assertThat(stack.validation()).isEqualTo("OK");
        say("down and up: %d rows before, %d after, in %s", rows, events, runs());
        assertThat(runs()).containsExactly("run_1");
    }

    @Test
    @Order(7)
    void saysThatTheRunBelongsToAnotherTopicAfterDownWithVolumes() throws IOException {
        stack.compose("down", "--volumes");
        assertThat(stack.parts()).isEmpty();

        stack.compose("up", "--detach", "spark-streaming");

        ComposeStack.waiting().until(() -> wordOfTheJob().isPresent());
        say("down -v leaves nothing; after it the job says: %s", wordOfTheJob().get());
        stack.compose("down", "--volumes");
        assertThat(stack.parts()).isEmpty();
    }

    /** Returns the line of the job's log that says what to do, if it is there. */
    private Optional<String> wordOfTheJob() throws IOException {
        return stack.compose("logs", "--no-log-prefix", "spark-streaming")
                .lines()
                .filter(line -> line.contains("This run belongs to another topic"))
                .filter(line -> line.contains("Set RUN_ID"))
                .findFirst();
    }

    private List<String> runs() throws IOException {
        try (var folders = Files.list(output.resolve("parquet"))) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        }
    }

    /** Waits until all events are committed, checks that each is in the files once, and returns their number. */
    private long awaitAllCommitted() throws IOException {
        Map<Integer, Long> ends = ends();
        long events = ends.values().stream().mapToLong(Long::longValue).sum();
        ComposeStack.waiting().until(() -> stack.totalRows() >= events);
        List<String> expected = new ArrayList<>();
        ends.forEach((partition, end) -> {
            for (long offset = 0; offset < end; offset++) {
                expected.add(partition + "/" + offset);
            }
        });
        List<String> rows = ParquetRows.readAll(new OutputTree(output).run("1")).stream()
                .map(row -> row.partition() + "/" + row.offset())
                .sorted()
                .toList();
        assertThat(rows).isEqualTo(expected.stream().sorted().toList());
        return events;
    }

    private Map<Integer, Long> ends() {
        try (TopicAdmin topic =
                new TopicAdmin(new KafkaEndpoint(stack.bootstrapServers(), "events", KafkaClientConfig.none()))) {
            return topic.endOffsets();
        }
    }

    private static long seconds(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toSeconds();
    }

    private static void say(String line, Object... values) {
        System.out.println("compose | " + String.format(line, values));
    }
}

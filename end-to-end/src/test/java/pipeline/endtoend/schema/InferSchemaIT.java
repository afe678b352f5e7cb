package pipeline.endtoend.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.Repository;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TopicSettings;
import pipeline.endtoend.system.TransactionalSender;
import pipeline.events.SampleEvents;
import pipeline.events.settings.Settings;
import pipeline.launcher.PipelineProcess;
import pipeline.launcher.setup.Ports;

/** {@code ./pipeline --infer-schema}, and the whole pipeline with the draft as it is. */
@Tag("slow")
class InferSchemaIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EVENTS = 190;
    private static final int SIMULATED = 20;
    private static final int LARGE = 10 << 20;

    private static final List<String> MIXED = List.of(
            "{\"n\": 1, \"mixed\": 1, \"deep\": {\"a\": 1, \"c\": 1}, \"list\": [1, 2], \"big\": 9223372036854775808}",
            "{\"n\": 2.5, \"mixed\": \"x\", \"deep\": {\"a\": \"x\"}, \"list\": [1, \"x\"], \"big\": 1, \"empty\": []}",
            "{\"n\": 3, \"mixed\": {\"a\": 1}, \"deep\": {\"a\": null, \"b\": true}, \"list\": [], \"a name\": 1}",
            "{\"n\": 4, \"mixed\": null, \"deep\": {}, \"never\": null, \"items\": [{\"a\": 1}, {\"a\": [1]}, {\"b\": 2}]}");

    @TempDir
    private static Path shared;

    private static SystemUnderTest first;

    @TempDir
    private Path temp;

    /**
     * @param rejected how many of the values are rejected whatever the schema is; {@link Orders} has the reasons
     * @param secret a part of a value
     */
    private record Topic(String name, List<byte[]> values, int rejected, String secret) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Topic> topics() {
        List<byte[]> builtIn = IntStream.range(0, EVENTS)
                .mapToObj(i -> utf8(SampleEvents.jsonWith("id", Integer.toString(i % 5))))
                .toList();
        List<byte[]> orders = IntStream.rangeClosed(1, EVENTS)
                .mapToObj(n -> utf8(Orders.order(n, "")))
                .toList();
        List<byte[]> mixed = IntStream.range(0, EVENTS)
                .mapToObj(i -> utf8(MIXED.get(i % MIXED.size())))
                .toList();
        byte[] notText = {(byte) 0xFF, 0, 1};
        List<byte[]> rubbish = new ArrayList<>(builtIn);
        for (byte[] value : Arrays.asList(utf8("oops"), utf8(""), utf8("[]"), null, notText)) {
            rubbish.addAll(Collections.nCopies(2, value));
        }
        return List.of(
                new Topic("built-in", builtIn, 0, "sim-producer"),
                new Topic("orders", orders, 0, "MUG-0250"),
                new Topic("mixed", mixed, 0, "9223372036854775808"),
                new Topic("rubbish", rubbish, 10, "oops"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeAll
    static void start() throws IOException {
        Repository.prepareScript(shared);
        first = new SystemUnderTest(shared, Map.of());
        first.startBroker();
    }

    @AfterAll
    static void stop() {
        first.close();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theWholePipelineRunsWithTheDraft(Topic topic) throws IOException {
        Path file = temp.resolve("draft.schema.json");
        try (SystemUnderTest system = system(
                topic.name(),
                Map.of(
                        Settings.EVENT_SCHEMA_FILE.name(), file.toString(),
                        Settings.EVENT_LIMIT.name(), Integer.toString(SIMULATED),
                        Settings.MSGS_PER_SEC.name(), "max"))) {
            EventSender.sendBytes(system.bootstrapServers(), system.topicName(), topic.values());
            try (PipelineProcess pipeline = inferSchema(topic.name())) {
                assertThat(pipeline.exitCode()).as(pipeline.errors()).isZero();
                assertThat(pipeline.errors())
                        .startsWith(topic.values().size() + " records; " + topic.rejected() + " are not JSON objects\n")
                        .doesNotContain(topic.secret());
                assertThat(pipeline.output()).doesNotContain(topic.secret());
                Files.writeString(file, pipeline.output());
            }

            system.producer().start();
            system.job().start();
            assertThat(system.producer().hasEndedWithin(PATIENCE.toSeconds())).isTrue();
            assertThat(system.producer().exitCode()).isZero();
            system.awaitCaughtUp(PATIENCE);
            assertThat(system.job().terminate()).isTrue();

            SchemaOutput check = new SchemaOutput(system, new ObjectMapper().readTree(file.toFile()), Orders.reasons());
            check.assertIsRight();
            assertThat(check.rows()).hasSize(topic.values().size() - topic.rejected() + SIMULATED);
            assertThat(check.rejected()).hasSize(topic.rejected());
        }
    }

    @Test
    void saysThatThereIsNothingToReadAndCreatesNoTopic() throws IOException {
        try (SystemUnderTest system = system("empty", Map.of())) {
            assertRefused(
                    "empty",
                    2,
                    "there is nothing to draft a schema from: topic empty of Kafka at " + system.bootstrapServers()
                            + " has no records");
            EventSender.sendBytes(system.bootstrapServers(), "empty", Arrays.asList(utf8("oops"), null));
            assertRefused(
                    "empty",
                    2,
                    "there is nothing to draft a schema from: topic empty of Kafka at " + system.bootstrapServers()
                            + " has no JSON object among its 2 newest records");
            EventSender.sendValues(system.bootstrapServers(), "empty", List.of("{}", "{\"a name\": 1}"));
            assertRefused(
                    "empty",
                    2,
                    "there is nothing to draft a schema from: topic empty of Kafka at " + system.bootstrapServers()
                            + " has no field that can be a column");
        }
        for (int i = 0; i < 2; i++) {
            assertRefused(
                    "absent",
                    2,
                    "Kafka at " + first.bootstrapServers() + " has no topic absent; --topic names another one");
        }
    }

    @Test
    void saysHowToReachABroker() throws IOException {
        String port = Integer.toString(Ports.free());
        Map<String, String> own = Map.of(Settings.KAFKA_PORT.name(), port);
        try (PipelineProcess pipeline = PipelineProcess.start(Repository.SCRIPT, temp, own, "--infer-schema")) {
            assertThat(pipeline.exitCode()).isEqualTo(1);
            assertThat(pipeline.errors())
                    .isEqualTo("pipeline: Kafka at localhost:" + port + " does not accept connections;"
                            + " start ./pipeline first, or name another Kafka with --kafka HOST:PORT\n");
            assertThat(pipeline.output()).isEmpty();
        }
    }

    /** Otherwise the draft would have the fields of records that the job never sees, and fewer of those that it does see. */
    @Test
    void readsTheNewestCommittedRecords() throws IOException {
        try (SystemUnderTest system = system("transactions", Map.of());
                TransactionalSender sender =
                        new TransactionalSender(system.bootstrapServers(), system.topicName(), "t", 3)) {
            EventSender.sendValues(
                    system.bootstrapServers(), system.topicName(), Collections.nCopies(3_000, "{\"old\": 1}"));
            sender.commit(9_000, "committed");
            for (int i = 0; i < 5; i++) {
                sender.commit(210, "committed");
                sender.abort(2_000, sourceAndField("aborted"));
            }
            sender.open(2_000, sourceAndField("open"));

            try (PipelineProcess pipeline = inferSchema("transactions")) {
                assertThat(pipeline.exitCode()).as(pipeline.errors()).isZero();
                assertThat(pipeline.errors())
                        .startsWith("10,000 records; 0 are not JSON objects\n")
                        .contains("/ts ")
                        .doesNotContain("/old ", "/aborted ", "/open ");
            }
        }
    }

    /** Returns the source of events that have this field, too. */
    private static String sourceAndField(String field) {
        return "sim-producer\", \"" + field + "\": \"x";
    }

    @Test
    void readsLargeRecordsWithLittleMemory() throws IOException {
        try (SystemUnderTest system = system("large", Map.of())) {
            TopicSettings.change(system, Map.of("max.message.bytes", Integer.toString(2 * LARGE)));
            String large = "{\"text\": \"" + "x".repeat(LARGE) + "\"}";
            for (int i = 0; i < 10; i++) {
                EventSender.sendValues(system.bootstrapServers(), "large", Collections.nCopies(3, large));
            }

            try (PipelineProcess pipeline = inferSchema("large")) {
                assertThat(pipeline.exitCode()).as(pipeline.errors()).isZero();
                assertThat(pipeline.errors()).startsWith("30 records; 0 are not JSON objects\n");
            }
        }
    }

    private static SystemUnderTest system(String topic, Map<String, String> settings) throws IOException {
        SystemUnderTest system = first.beside(topic, settings);
        system.createTopic();
        return system;
    }

    private PipelineProcess inferSchema(String topic) throws IOException {
        return PipelineProcess.start(
                Repository.SCRIPT,
                temp,
                Map.of(),
                "--kafka",
                first.bootstrapServers(),
                "--topic",
                topic,
                "--infer-schema");
    }

    private void assertRefused(String topic, int exitCode, String line) throws IOException {
        try (PipelineProcess pipeline = inferSchema(topic)) {
            assertThat(pipeline.exitCode()).isEqualTo(exitCode);
            assertThat(pipeline.errors()).isEqualTo("pipeline: " + line + "\n");
            assertThat(pipeline.output()).isEmpty();
        }
    }
}

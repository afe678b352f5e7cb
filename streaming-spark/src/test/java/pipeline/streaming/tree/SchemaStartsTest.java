package pipeline.streaming.tree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.FakeLog;
import pipeline.streaming.KafkaRecords;
import pipeline.streaming.LocalSpark;
import pipeline.streaming.decode.DecodedRecords;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.lifecycle.RunLock;
import pipeline.streaming.publish.Batch;
import pipeline.streaming.publish.BatchPublisher;
import pipeline.streaming.publish.PublicationStep;
import pipeline.streaming.publish.PublisherMetrics;
import pipeline.streaming.publish.ResumePoint;
import pipeline.streaming.publish.Sink;

/** Starts of jobs on a run that has a batch: it continues with some schemas, and stops before anything is written with others. */
class SchemaStartsTest {
    private static final SourceTopic.Snapshot TOPIC =
            FakeLog.snapshot(new TopicIdentity("cluster", "events", "topic-id"), Map.of(0, 0L), Map.of(0, 100L));

    private static final int EVENTS = 3;

    private static final String BUILT_IN = "";

    private static final String A = "\"a\": {\"type\": \"integer\"}";
    private static final String NESTED =
            "\"a\": {\"type\": \"object\", \"properties\": {\"b\": {\"type\": \"string\"}%s}}";
    private static final String ROLES =
            """
            {"type": "object",
             "properties": {"at": {"type": "string", "format": "date-time"}, "b": {"type": "boolean"}, "v": {"type": "number"}},
             "required": ["at", "b", "v"],
             "x-pipeline": {%s}}
            """;

    /** With more than one file in a batch. */
    private static final String FOLDERS =
            """
            {"type": "object",
             "properties": {"a": {"type": "integer", "minimum": 0, "exclusiveMaximum": 3}%s},
             "x-pipeline": {"partition": ["a"]}}
            """;

    /** Stands for the death of the process: the job does nothing after it. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    private Path output;

    private RunLayout layout;

    @BeforeEach
    void createFolders() {
        layout = new RunLayout(new OutputTree(output), "1");
        layout.prepare();
    }

    static Stream<Arguments> continued() {
        return Stream.of(
                Arguments.of("the same", object(A), object(A)),
                Arguments.of("a new column", object(A), object(A + ", \"b\": {\"type\": \"string\"}")),
                Arguments.of("an optional column", object(A, "\"a\""), object(A)),
                Arguments.of("a bound", object(A), object(A.replace("}", ", \"maximum\": 9}"))),
                Arguments.of("no schema", BUILT_IN, BUILT_IN));
    }

    static Stream<Arguments> stopped() {
        return Stream.of(
                stops(object(A + ", \"b\": {\"type\": \"string\"}"), object(A), "/properties/b: string, no column"),
                stops(object(A), object(A.replace("integer", "number")), "/properties/a/type: integer, number"),
                stops(object(A), object(A, "\"a\""), "/required: a is optional, required"),
                stops(
                        object(NESTED.formatted("")),
                        object(NESTED.formatted(", \"c\": {\"type\": \"boolean\"}")),
                        "/properties/a/properties/c: no column, boolean"),
                stops(ROLES.formatted(""), ROLES.formatted("\"group\": \"b\""), "/x-pipeline/group: no group, b"),
                stops(ROLES.formatted("\"time\": \"at\""), ROLES.formatted(""), "/x-pipeline/time: at, no time"),
                stops(ROLES.formatted(""), ROLES.formatted("\"value\": \"v\""), "/x-pipeline/value: no value, v"),
                stops(
                        ROLES.formatted("\"partition\": [\"b\"]"),
                        ROLES.formatted("\"partition\": [\"b\", \"day(at)\"]"),
                        "/x-pipeline/partition: b, b, day(at)"));
    }

    private static Arguments stops(String run, String job, String change) {
        return Arguments.of(
                run,
                job,
                "job.schema.json: " + change.replaceFirst(", ", " in the run, but ")
                        + " in the file; set RUN_ID to a new name");
    }

    private static String object(String properties, String... required) {
        return "{\"type\": \"object\", \"properties\": {" + properties + "}, \"required\": ["
                + String.join(", ", required) + "]}";
    }

    private static EventSchema schema(String text) {
        return text.equals(BUILT_IN) ? SchemaFile.builtIn() : SchemaFile.parse("job.schema.json", text.getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("continued")
    void continueFromTheNewestBatch(String change, String run, String job) throws IOException {
        publish(schema(run), step -> {});

        try (ParquetTree tree = start(schema(job))) {
            assertThat(tree.recover().orElseThrow().schema())
                    .isEqualTo(schema(run).storedName());
        }
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("stopped")
    void stopWithOneLine(String run, String job, String line) throws IOException {
        publish(schema(run), step -> {});

        refuses(schema(job), line);
    }

    @Test
    void stopIfTheRunHasNoSchema() throws IOException {
        publish(SchemaFile.builtIn(), step -> {});

        refuses(
                schema(object(A)),
                "Run 1 has events without a schema, and the job has job.schema.json; set RUN_ID to a new name");
    }

    @Test
    void stopIfOnlyTheRunHasASchema() throws IOException {
        EventSchema run = schema(object(A));
        publish(run, step -> {});

        refuses(
                SchemaFile.builtIn(),
                "Run 1 has events of the schema "
                        + layout.schema(run.storedName().orElseThrow())
                        + ", and the job has none; set RUN_ID to a new name");
    }

    private void refuses(EventSchema job, String line) throws IOException {
        Map<Path, String> before = files();
        try (ParquetTree tree = start(job)) {
            assertThatThrownBy(tree::recover)
                    .isInstanceOf(CannotContinueException.class)
                    .hasMessage(line);
        }
        assertThat(files()).isEqualTo(before);
    }

    /** A batch that was prepared keeps its schema; one that was not is read again with the job's. */
    @ParameterizedTest
    @EnumSource(PublicationStep.class)
    void continueWithANewColumnAfterAJobDied(PublicationStep step) throws IOException {
        EventSchema old = schema(FOLDERS.formatted(""));
        EventSchema grown = schema(FOLDERS.formatted(", \"b\": {\"type\": \"string\"}"));
        boolean isPrepared = step.compareTo(PublicationStep.PREPARED) >= 0;
        PublicationStep.Listener dying = reached -> {
            if (reached == step) {
                throw new Crash();
            }
        };
        assertThatThrownBy(() -> publish(old, dying)).isInstanceOf(Crash.class);

        try (ParquetTree tree = start(grown)) {
            assertThat(tree.recover().isPresent()).isEqualTo(isPrepared);
        }
        publish(grown, reached -> {});

        List<Optional<String>> schemas =
                isPrepared ? List.of(old.storedName(), grown.storedName()) : List.of(grown.storedName());
        assertThat(schemasOfBatches()).isEqualTo(schemas);
        assertThat(ForeignReader.offsets(layout.parquet()))
                .isEqualTo(LongStream.range(0, (long) schemas.size() * EVENTS)
                        .mapToObj(offset -> "0/" + offset)
                        .toList());
        assertThat(files().keySet()).noneMatch(file -> file.startsWith(layout.staging()));
    }

    /** Publishes the next batch. */
    private void publish(EventSchema schema, PublicationStep.Listener steps) throws IOException {
        DecodedRecords decoded = new DecodedRecords(LocalSpark.session(), schema);
        ResumePoint start = ResumePoint.of(last(), TOPIC, OnDataLoss.STOP);
        long from = start.readFrom().getOrDefault(0, 0L);
        List<Row> records = schema.isBuiltIn()
                ? KafkaRecords.events(0, from, from + EVENTS)
                : LongStream.range(from, from + EVENTS)
                        .mapToObj(offset ->
                                KafkaRecords.record(0, offset, ("{\"a\": " + offset % 3 + "}").getBytes(UTF_8)))
                        .toList();
        Sink sink = new ParquetTree(layout, schema, null, new Publication(layout, Clock.systemUTC(), steps));
        new BatchPublisher(sink, new FakeLog(TOPIC), decoded, steps, new PublisherMetrics(), start, TOPIC.leadership())
                .publish(LocalSpark.batch(records, decoded), Map.of(0, from + EVENTS));
    }

    private ParquetTree start(EventSchema schema) throws IOException {
        return ParquetTree.open(layout, schema, step -> {});
    }

    private List<Optional<String>> schemasOfBatches() throws IOException {
        List<Optional<String>> schemas = new ArrayList<>();
        try (Stream<Path> records = Files.list(layout.ledger())) {
            for (Path record : records.sorted().toList()) {
                schemas.add(LedgerJson.decode(Files.readAllBytes(record)).schema());
            }
        }
        return schemas;
    }

    private Optional<Batch> last() throws IOException {
        return new Ledger(layout)
                .last()
                .map(record -> new Batch(record.seq(), record.topic(), record.schema(), record.read()));
    }

    /** Returns the content of each file but the run's lock. */
    private Map<Path, String> files() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith(RunLock.NAME)) {
                    contents.put(file, Files.readString(file, ISO_8859_1));
                }
            }
        }
        return contents;
    }
}

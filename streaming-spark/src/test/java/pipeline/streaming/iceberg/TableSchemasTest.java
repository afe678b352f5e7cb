package pipeline.streaming.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pipeline.streaming.KafkaRecords.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.output.OutputTables;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.iceberg.Lake.Job;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.publish.PublicationStep;

/** Runs whose events have a schema of their own. */
class TableSchemasTest {
    private static final EventSchema OLD = schema(
            "old",
            """
            "a": {"type": "integer"}, "at": {"type": "string", "format": "date-time"},
            "list": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}},
                     "required": ["n"]}}""");
    private static final EventSchema GROWN = schema(
            "grown",
            """
            "a": {"type": ["integer", "null"]}, "b": {"type": "string"}, "at": {"type": "string", "format": "date-time"},
            "list": {"type": "array", "items": {"type": ["object", "null"], "properties": {"n": {"type": "integer"}}}}""");
    private static final EventSchema OTHER =
            schema("other", "\"a\": {\"type\": \"number\"}, \"at\": {\"type\": \"string\", \"format\": \"date-time\"}");

    @TempDir
    Path folder;

    private Lake lake;

    private static EventSchema schema(String name, String properties) {
        String text = "{\"type\": \"object\", \"required\": [\"a\", \"at\"], \"properties\": {" + properties
                + "}, \"x-pipeline\": {\"partition\": [\"day(at)\"]}}";
        return SchemaFile.parse(name + ".schema.json", text.getBytes(UTF_8));
    }

    @BeforeEach
    void createLake() {
        lake = new Lake(folder);
    }

    private static Row event(long offset, String more) {
        return record(0, offset, ("{\"a\": 1, \"at\": \"2026-11-22T12:00:00Z\"" + more + "}").getBytes(UTF_8));
    }

    private void publish(EventSchema schema, Row... events) throws IOException {
        try (Job job = lake.start(schema, step -> {})) {
            job.publish(List.of(events));
        }
    }

    @Test
    void growWithTheFirstBatchThatUsesThem() throws IOException {
        publish(OLD, event(0, ", \"list\": [{\"n\": 1}]"));
        List<String> before = columns();
        long schemaBefore = lake.events().currentSnapshot().schemaId();

        try (Job job = lake.start(GROWN, step -> {
            if (step == PublicationStep.PREPARED) {
                assertThat(columns()).isEqualTo(before);
            }
        })) {
            job.publish(List.of(event(1, ", \"b\": \"new\", \"list\": [null, {}]")));
        }

        assertThat(before)
                .containsExactly(
                        "a long not null",
                        "at timestamptz not null",
                        "list list<struct<9: n: required long>>",
                        "kafka_partition int not null",
                        "kafka_offset long not null",
                        "kafka_timestamp timestamptz",
                        "rescued string");
        assertThat(columns())
                .containsExactly(
                        "a long",
                        "at timestamptz not null",
                        "list list<struct<9: n: optional long>>",
                        "kafka_partition int not null",
                        "kafka_offset long not null",
                        "kafka_timestamp timestamptz",
                        "rescued string",
                        "b string");
        assertThat(Lake.rows(lake.events()))
                .extracting(row -> row.getField("b") + " " + row.getField("list"))
                .containsExactlyInAnyOrder("null [Record(1)]", "new [null, Record(null)]");
        assertThat(lake.events().currentSnapshot().schemaId()).isNotEqualTo((int) schemaBefore);
        assertThat(lake.events().properties())
                .containsEntry(OutputTables.SCHEMA_PREFIX + OLD.storedName().orElseThrow(), OLD.text())
                .containsEntry(OutputTables.SCHEMA_PREFIX + GROWN.storedName().orElseThrow(), GROWN.text());
        publish(GROWN, event(2, ""));
        assertThat(lake.offsets()).containsExactly("0/0", "0/1", "0/2");
    }

    @Test
    void stayAsTheyAreWhenTheJobDiesBeforeItsFirstBatch() throws IOException {
        publish(OLD, event(0, ""));
        List<String> before = columns();
        try (Job doomed = lake.start(GROWN, step -> {
            if (step == PublicationStep.PREPARED) {
                throw new IllegalStateException("crash");
            }
        })) {
            assertThatThrownBy(() -> doomed.publish(List.of(event(1, "")))).hasMessage("crash");
        }

        publish(OLD, event(1, ""));

        assertThat(columns()).isEqualTo(before);
        assertThat(lake.offsets()).containsExactly("0/0", "0/1");
    }

    @Test
    void growAlthoughTheTableIsCompactedMeanwhile() throws IOException {
        publish(OLD, event(0, ""));
        try (Job job = lake.start(GROWN, step -> {
            if (step == PublicationStep.PREPARED) {
                lake.events()
                        .updateProperties()
                        .set("commit", "of somebody else")
                        .commit();
            }
        })) {
            job.publish(List.of(event(1, ", \"b\": \"new\"")));
        }

        assertThat(Lake.rows(lake.events()))
                .extracting(row -> row.getField("b"))
                .containsExactlyInAnyOrder(null, "new");
    }

    @Test
    void mayNotChangeOtherwise() throws IOException {
        publish(OLD, event(0, ""));

        assertRefused(
                OTHER,
                "other.schema.json: /properties/a/type: integer in the run, but number in the file; set RUN_ID to a new"
                        + " name");
        assertRefused(
                SchemaFile.builtIn(),
                "Run 1 has events of the schema in property pipeline.schema."
                        + OLD.storedName().orElseThrow()
                        + " of table pipeline.pipeline.run_1, and the job has none; set RUN_ID to a new name");
        lake.events()
                .updateProperties()
                .remove(OutputTables.SCHEMA_PREFIX + OLD.storedName().orElseThrow())
                .commit();
        assertRefused(
                GROWN,
                "The schema of the newest batch cannot be used: property pipeline.schema."
                        + OLD.storedName().orElseThrow()
                        + " of table pipeline.pipeline.run_1 is missing. Restore it from a"
                        + " copy, or set RUN_ID to a new name.");
    }

    private void assertRefused(EventSchema schema, String line) {
        assertThatThrownBy(() -> lake.start(schema, step -> {}))
                .isInstanceOf(CannotContinueException.class)
                .hasMessage(line);
    }

    @Test
    void stopsWhenTheColumnsChangeWhileABatchIsWritten() throws IOException {
        publish(OLD, event(0, ""));
        try (Job job = lake.start(OLD, step -> {
            if (step == PublicationStep.PREPARED) {
                lake.events().updateSchema().renameColumn("a", "c").commit();
            }
        })) {
            assertThatThrownBy(() -> job.publish(List.of(event(1, ""))))
                    .isInstanceOf(CannotContinueException.class)
                    .hasMessageStartingWith(
                            "Somebody has changed the columns or partitions of table pipeline.pipeline.run_1");
        }
        assertThat(lake.offsets()).containsExactly("0/0");
    }

    @Test
    void decideThePartitions() throws IOException {
        EventSchema schema = SchemaFile.parse(
                "orders.schema.json",
                """
                {"type": "object", "required": ["country", "day", "at", "customer"], "properties": {
                  "country": {"enum": ["DE", "FR"]}, "day": {"type": "string", "format": "date"},
                  "at": {"type": "string", "format": "date-time"}, "customer": {"type": "string"}},
                 "x-pipeline": {"partition": ["country", "day(day)", "hour(at)", "key(customer)"]}}"""
                        .getBytes(UTF_8));
        try (Job job = lake.start(schema, step -> {})) {
            job.publish(List.of(
                    order(0, "DE", "ada"), order(1, "FR", "bob"), order(2, "DE", "eve"), order(3, "DE", "ada")));
        }

        Table table = lake.events();
        assertThat(table.spec().fields())
                .extracting(field -> field.name() + " " + field.transform())
                .containsExactly("country identity", "day_day day", "at_hour hour", "customer_key bucket[64]");
        assertThat(lake.offsets()).containsExactly("0/0", "0/1", "0/2", "0/3");
        assertThat(table.newScan().planFiles()).hasSize(3);
        assertThat(table.schema().findField("day_day")).isNull();
    }

    private static Row order(long offset, String country, String customer) {
        return record(
                0,
                offset,
                "{\"country\": \"%s\", \"day\": \"2026-11-22\", \"at\": \"2026-11-22T12:00:00Z\", \"customer\": \"%s\"}"
                        .formatted(country, customer)
                        .getBytes(UTF_8));
    }

    private List<String> columns() {
        return lake.events().schema().columns().stream()
                .map(field -> field.name() + " " + field.type() + (field.isOptional() ? "" : " not null"))
                .toList();
    }
}

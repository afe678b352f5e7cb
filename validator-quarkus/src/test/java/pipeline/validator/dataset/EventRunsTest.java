package pipeline.validator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.run.RunSnapshot.Events;
import pipeline.validator.dataset.storage.LocalStorage;

/** Runs whose events have a schema. */
class EventRunsTest {
    private static final String PROPERTIES =
            """
            {"type": "object",
             "properties": {
               "country": {"enum": ["DE", "FR", "a b:c/d%", null]},
               "shop": {"type": ["integer", "null"], "minimum": 1, "maximum": 9},
               "new": {"type": "boolean"},
               "customer": {"type": "string", "pattern": "^c"},
               "at": {"type": "string", "format": "date-time"},
               "amount": {"type": "number", "minimum": 0, "exclusiveMaximum": 100},
               "pieces": {"type": "integer", "maximum": 9}},
             "required": ["country", "shop", "new", "customer", "at", "amount", "pieces"],
             "x-pipeline": {ROLES}}
            """;
    private static final String ALL = "\"time\": \"at\", \"value\": \"amount\", ";

    @TempDir
    Path outputDir;

    private DatasetIndex index;
    private TestRun run;

    @BeforeEach
    void open() {
        LocalStorage storage = new LocalStorage(outputDir.resolve("parquet"));
        index = new DatasetIndex(storage, new SeenRuns(), Clock.systemUTC(), new SimpleMeterRegistry());
        run = new TestRun(outputDir, "1");
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static EventSchema schema(String roles) {
        return TestEvents.schema(PROPERTIES.replace("ROLES", roles));
    }

    /** Returns an event with some fields that differ from those of all others. */
    private static String event(String fields) {
        String event = "\"country\": \"DE\", \"shop\": 1, \"new\": true, \"customer\": \"c1\","
                + " \"at\": \"2026-11-22T12:34:56Z\", \"amount\": 10, \"pieces\": 2";
        for (String field : fields.isEmpty() ? new String[] {} : fields.split(", ")) {
            String name = field.substring(0, field.indexOf(':'));
            event = event.replaceFirst(name + ": [^,]*", field);
        }
        return "{" + event + "}";
    }

    private DatasetSnapshot data() {
        return index.refresh(RunSelection.LATEST);
    }

    private Tallies tallies() {
        return data().tallies();
    }

    private EventTotals totals() {
        return data().events().stream().map(Events::totals).findFirst().orElseThrow();
    }

    @Test
    void groupsByAColumnOfTheFolders() {
        run.commitEvents(
                schema(ALL + "\"group\": \"country\", \"partition\": [\"country\", \"day(at)\"]"),
                event(""),
                event("\"amount\": 20, \"at\": \"2026-11-23T00:00:00Z\""),
                event("\"country\": \"a b:c/d%\""),
                event("\"country\": null"));

        assertThat(tallies().byId().keySet()).containsExactly("DE", "a b:c/d%", null);
        Tally germany = tallies().byId().get("DE");
        assertThat(germany.rows()).isEqualTo(2);
        assertThat(germany.mean()).hasValue(15);
        assertThat(germany.min()).hasValue(10);
        assertThat(germany.max()).hasValue(20);
        assertThat(germany.firstTs()).hasValue(1_795_350_896_000_000L);
        assertThat(germany.lastTs()).hasValue(1_795_392_000_000_000L);
        assertThat(data().unreadFiles()).isEmpty();
    }

    @Test
    void groupsByIntegersAndBooleansOfTheFolders() {
        run.commitEvents(
                schema("\"group\": \"shop\", \"partition\": [\"new\", \"shop\"]"),
                event("\"shop\": 9"),
                event("\"new\": false"),
                event("\"shop\": null"));
        assertThat(tallies().byId().keySet()).containsExactly(1L, 9L, null);

        new TestRun(outputDir, "2")
                .committedAt(Instant.parse("2026-11-23T00:00:00Z"))
                .commitEvents(
                        schema("\"group\": \"new\", \"partition\": [\"new\"]"), event(""), event("\"new\": false"));
        assertThat(tallies().byId().keySet()).containsExactly(false, true);
    }

    @Test
    void groupsByAColumnOfTheFile() {
        run.commitEvents(
                schema(ALL + "\"group\": \"customer\", \"partition\": [\"key(customer)\"]"),
                event("\"customer\": \"c2\""),
                event(""),
                event("\"amount\": 20"));
        assertThat(tallies().byId().keySet()).containsExactly("c1", "c2");
        assertThat(tallies().byId().get("c1").mean()).hasValue(15);
        assertThat(tallies().byId().get("c1").lastTs()).hasValue(1_795_350_896_000_000L);
    }

    @Test
    void groupsByIntegersOrBooleansOfTheFileOrNothing() {
        run.commitEvents(schema("\"group\": \"shop\""), event("\"shop\": null"), event("\"shop\": 7"));
        assertThat(tallies().byId().keySet()).containsExactly(7L, null);

        TestRun other = new TestRun(outputDir, "2").committedAt(Instant.parse("2026-11-23T00:00:00Z"));
        other.commitEvents(schema("\"group\": \"new\""), event(""), event("\"new\": false"));
        assertThat(tallies().byId().keySet()).containsExactly(false, true);

        TestRun third = new TestRun(outputDir, "3").committedAt(Instant.parse("2026-11-24T00:00:00Z"));
        third.commitEvents(schema("\"value\": \"pieces\""), event(""), event("\"pieces\": 3"));
        assertThat(tallies().byId()).containsOnlyKeys((Object) null);
        assertThat(tallies().total().mean()).hasValue(2.5);
    }

    @Test
    void onlyCountsEventsWithoutAValueAtTheTimeOfKafka() {
        run.commitEvents(schema("\"unknown\": \"drop\""), event(""), event(""));

        Tally total = data().total();
        assertThat(total.rows()).isEqualTo(2);
        assertThat(total.mean()).isEmpty();
        assertThat(total.min()).isEmpty();
        assertThat(total.notFinite()).isZero();
        assertThat(total.firstTs()).hasValue(TestFiles.micros(TestEvents.KAFKA_TIME));
        assertThat(total.lastTs()).hasValue(TestFiles.micros(TestEvents.KAFKA_TIME) + 1);
    }

    @Test
    void missesNoTimeOfKafkaThatTheFilesCannotHold() {
        run.withoutKafkaTime().commitEvents(schema("\"group\": \"customer\""), event(""), event(""));

        assertThat(data().total().rows()).isEqualTo(2);
        assertThat(data().total().nullTs()).isZero();
        assertThat(data().total().lastTs()).isEmpty();
    }

    @Test
    void countsEventsWithoutTheTimeOrTheValueOfTheSchema() {
        EventSchema optional = TestEvents.schema(
                PROPERTIES.replace("ROLES", "").replace("\"at\", \"amount\", \"pieces\"", "\"pieces\""));
        run.commitEvents(
                schema(ALL + "\"group\": \"customer\""),
                optional,
                event(""),
                event("").replace("\"at\"", "\"x\""),
                event("").replace("\"amount\"", "\"x\""));

        assertThat(data().total().nullTs()).isEqualTo(1);
        assertThat(data().total().nulls()).isEqualTo(1);
        assertThat(data().total().rows()).isEqualTo(3);
    }

    @Test
    void comparesValuesWithTheSchemaOfTheirBatch() {
        EventSchema wide = TestEvents.schema(PROPERTIES
                .replace("ROLES", ALL + "\"unknown\": \"drop\"")
                .replace("\"exclusiveMaximum\": 100", "\"maximum\": 200"));
        EventSchema narrow = schema(ALL + "\"unknown\": \"drop\"");
        run.commitEvents(wide, event("\"amount\": 150")).commitEvents(narrow, event("\"amount\": 99.9"));
        assertThat(data().total().outOfRange()).isZero();

        run.commitEvents(narrow, wide, event("\"amount\": 150"), event("\"amount\": 100"));

        assertThat(data().total().outOfRange()).isEqualTo(1);
    }

    @Test
    void comparesGroupsWithTheSchemaOfTheirBatch() {
        EventSchema wide = TestEvents.schema(
                PROPERTIES.replace("ROLES", "\"group\": \"customer\"").replace("^c", "^[cd]"));
        EventSchema narrow = schema("\"group\": \"customer\"");
        run.commitEvents(wide, event("\"customer\": \"d1\"")).commitEvents(narrow, event(""));
        assertThat(totals().badRows()).isZero();

        run.commitEvents(narrow, wide, event("\"customer\": \"d1\""), event("\"customer\": \"d1\""))
                .commitEvents(narrow, wide, event("\"customer\": \"d1\""));

        assertThat(totals().badRows()).isEqualTo(3);
        assertThat(totals().badGroups()).containsExactly("d1");
    }

    @Test
    void namesFilesWhoseSchemaWasChanged() throws Exception {
        EventSchema schema = schema("\"unknown\": \"drop\"");
        run.commitEvents(schema, event(""));
        String name = schema.storedName().orElseThrow();
        Files.writeString(run.schemaFile(name), schema.text() + " ");

        assertThat(data().unreadFiles())
                .hasToString("[run_1/part-0000000000-0.parquet (its schema run_1/_schema/" + name
                        + ".json has another text than the one that it is named after)]");
    }

    @Test
    void namesFilesThatLackAColumnOrAFolder() {
        EventSchema written = schema("\"group\": \"country\"");
        run.commitEvents(schema("\"group\": \"country\", \"partition\": [\"country\"]"), written, event(""));
        run.commitEvents(
                written, schema("\"group\": \"country\", \"partition\": [\"country\"]"), event("\"country\": \"FR\""));

        assertThat(data().unreadFiles())
                .hasToString("[run_1/country=FR/part-0000000001-0.parquet (it has no column country),"
                        + " run_1/part-0000000000-0.parquet (no folder country=… names its country)]");
    }

    @Test
    void addsUpFurtherGroups() {
        EventSchema schema = schema("\"group\": \"customer\", \"value\": \"amount\"");
        String[] most = IntStream.range(0, Tallies.MOST_GROUPS - 1)
                .mapToObj(i -> event("\"customer\": \"c" + i + "\""))
                .toArray(String[]::new);
        run.commitEvents(schema, most);
        assertThat(tallies().rest()).isEmpty();

        // Both files have the two further groups, in another order.
        run.commitEvents(schema, event("\"customer\": \"cx\""), event("\"customer\": \"cy\""))
                .commitEvents(
                        schema,
                        event("\"customer\": \"cy\""),
                        event("\"customer\": \"cx\""),
                        event("\"customer\": \"c0\""));

        Tallies tallies = tallies();
        assertThat(tallies.byId()).hasSize(Tallies.MOST_GROUPS);
        assertThat(tallies.byId().get("cx").rows()).isEqualTo(2);
        assertThat(tallies.byId().get("c0").rows()).isEqualTo(2);
        assertThat(tallies.byId()).doesNotContainKey("cy");
        assertThat(tallies.rest().orElseThrow().rows()).isEqualTo(2);
        assertThat(tallies.rows()).isEqualTo(Tallies.MOST_GROUPS + 4);
        assertThat(totals().badRows()).isZero();

        EventSchema wide = TestEvents.schema(schema.text().replace("^c", ""));
        run.commitEvents(schema, wide, event("\"customer\": \"d1\""), event("\"customer\": \"cz\""));
        assertThat(totals().badRows()).isEqualTo(1);
    }
}

package pipeline.validator.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.schema.EventSchema;
import pipeline.validator.OutputDir;
import pipeline.validator.dataset.TestEvents;
import pipeline.validator.dataset.TestRun;

/** The answers for runs whose events have a schema. */
@QuarkusTest
@WithTestResource(OutputDir.class)
class EventRunsResourceTest {
    private static final String ORDERS =
            """
            {"type": "object",
             "properties": {
               "id": {"enum": ["DE", "FR", "PL"]},
               "ts": {"type": "string", "format": "date-time"},
               "amount": {"type": "number", "minimum": 0, "maximum": 100},
               "value": {"type": "string"},
               "customer": {"type": "object",
                 "properties": {"name": {"type": "string"}, "since": {"type": "string", "format": "date"}}},
               "items": {"type": "array", "items": {"type": ["integer", "null"]}}},
             "required": ["id", "ts", "amount"],
             "x-pipeline": {"group": "id", "time": "ts", "value": "amount", "partition": ["id"]}}
            """;
    private static final EventSchema SCHEMA = TestEvents.schema(ORDERS);

    Path outputDir;

    private TestRun run;

    @BeforeEach
    void clear() {
        OutputDir.reset(outputDir);
        run = new TestRun(outputDir, "1").committedAt(Instant.now());
        RestAssured.config =
                RestAssured.config().jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));
    }

    private static String order(String id, double amount, String fields) {
        return "{\"id\": \"" + id + "\", \"ts\": \"2026-11-22T12:34:56Z\", \"amount\": " + amount + fields + "}";
    }

    private static ValidatableResponse get(String path) {
        return when().get(path).then().statusCode(200).contentType("application/json");
    }

    private static String check(String name, String field) {
        return "checks.find { it.name == '" + name + "' }." + field;
    }

    @Test
    void aggregatesGroups() {
        run.commitEvents(SCHEMA, order("FR", 1, ""), order("DE", 10, ""), order("DE", 20, ""));

        String answer = get("/aggregates?head=0")
                .body("status", equalTo("OK"))
                .body("totalRows", equalTo(3))
                .extract()
                .asString();

        assertThat(answer)
                .contains(
                        """
                        "rejected":0,"groupedBy":"id","timeFrom":"ts","valueOf":"amount","perId":[\
                        {"id":"DE","count":2,"mean":15.0,"min":10.0,"max":20.0,\
                        "firstTs":"2026-11-22T12:34:56.000000Z","lastTs":"2026-11-22T12:34:56.000000Z"},\
                        {"id":"FR","count":1,"mean":1.0,"min":1.0,"max":1.0,\
                        "firstTs":"2026-11-22T12:34:56.000000Z","lastTs":"2026-11-22T12:34:56.000000Z"}],"head":[]""");
    }

    @Test
    void namesNoColumnThatTheEventsDoNotHave() {
        run.commitEvents(
                TestEvents.schema(ORDERS.replaceFirst("\"x-pipeline\".*\n", "\"title\": \"\"}")), order("DE", 1, ""));

        assertThat(get("/aggregates").extract().asString())
                .contains("\"timeFrom\":\"kafka_timestamp\",\"perId\":[{\"id\":null,\"count\":1,\"mean\":null,")
                .doesNotContain("groupedBy", "valueOf", "\"rest\"");
    }

    @Test
    void listsTheLargestGroupsAndAddsUpTheRest() {
        EventSchema schema = groupedBy("{\"type\": \"string\"}");
        List<String> events = new ArrayList<>();
        for (int group = 0; group < 1_002; group++) {
            events.add(order("g" + group, group < 2 ? 50 : 10, ""));
            if (group >= 2) {
                events.add(order("g" + group, 10, ""));
            }
        }
        run.commitEvents(schema, events.toArray(String[]::new));

        get("/aggregates")
                .body("perId", hasSize(1_000))
                .body("perId.count.unique()", contains(2))
                .body("perId[0].id", equalTo("g10"))
                .body("rest.groups", equalTo(2))
                .body("rest.count", equalTo(2))
                .body("rest.mean", equalTo(50d));
    }

    @Test
    void validatesEvents() {
        run.commitEvents(SCHEMA, order("FR", 1, ""), order("DE", 10, "")).commitEvents(SCHEMA, order("PL", 3, ""));

        get("/validation?deep=true")
                .body("status", equalTo("OK"))
                .body("checks.findAll { it.status != 'OK' }.name", contains("lag"))
                .body("checks.name", not(hasItem("volume")))
                .body(
                        check("exactly-once", "observed"),
                        equalTo("3 rows, 0 offsets missing, 0 twice, 0 unexpected, 0 rows without offset"))
                .body(check("id", "message"), equalTo("Every group is allowed."))
                .body(check("schema", "status"), equalTo("OK"));
    }

    @Test
    void failsOnWhatTheSchemaDoesNotAllow() {
        EventSchema written = TestEvents.schema(
                ORDERS.replace("\"PL\"", "\"PL\", \"SE\"").replace("\"maximum\": 100", "\"maximum\": 200"));
        run.commitEvents(SCHEMA, written, order("SE", 150, ""));

        get("/validation")
                .body("status", equalTo("FAILED"))
                .body("checks.findAll { it.status == 'FAILED' }.name", contains("id", "value"))
                .body(check("columns", "status"), equalTo("OK"))
                .body(check("id", "message"), equalTo("Groups that are not allowed: SE"))
                .body(check("id", "advice"), containsString("a group that the schema of their batch does not allow"))
                .body(check("value", "observed"), equalTo("1 out of range, 0 null, 0 NaN, 0 infinite"));
    }

    @Test
    void failsIfAFooterDiffersFromTheSchema() {
        EventSchema schema = TestEvents.schema(ORDERS.replace(
                "\"value\": {\"type\": \"string\"}",
                "\"value\": {\"type\": \"string\"}, \"pieces\": {\"type\": \"integer\", \"maximum\": 9}"));
        EventSchema written = TestEvents.schema(schema.text()
                .replace("\"type\": \"integer\", \"maximum\": 9", "\"type\": \"integer\"")
                .replace("\"value\": {\"type\": \"string\"}", "\"value\": {\"type\": \"boolean\"}")
                .replace("\"items\": {\"type\": \"array\"", "\"lines\": {\"type\": \"array\""));
        run.commitEvents(schema, order("DE", 1, ", \"pieces\": 9")).commitEvents(schema, order("DE", 1, ""));
        get("/validation").body(check("columns", "status"), equalTo("OK"));

        run.commitEvents(schema, written, order("DE", 1, ", \"pieces\": 10"), order("DE", 1, ", \"pieces\": 1"));

        get("/validation")
                .body("checks.findAll { it.status == 'FAILED' }.name", contains("columns"))
                .body(check("columns", "observed"), equalTo("1 file with other columns"))
                .body(
                        check("columns", "message"),
                        equalTo(
                                "Columns differ in run_1/id=DE/part-0000000002-0.parquet: value is not of the type string"
                                        + " but optional boolean value; pieces may not be 10; items[] is missing; lines is not a"
                                        + " column of the schema"));
    }

    @Test
    void failsIfARequiredColumnHasNulls() {
        EventSchema schema = TestEvents.schema(ORDERS.replace("\"amount\"]", "\"amount\", \"value\"]"));
        run.commitEvents(schema, SCHEMA, order("DE", 1, ""), order("DE", 1, ", \"value\": \"x\""));

        get("/validation").body(check("columns", "message"), containsString("parquet: value has 1 null"));
    }

    @Test
    void warnsOfFieldsThatTheSchemaDoesNotKnow() {
        run.commitEvents(SCHEMA, order("DE", 1, ""));
        get("/validation").body(check("rescued", "status"), equalTo("OK"));

        run.commitEvents(
                        SCHEMA,
                        order("DE", 1, ", \"coupon\": {\"a\": [1]}, \"customer\": {\"vip\": 1}"),
                        order("DE", 1, ", \"coupon\": null"),
                        order("FR", 1, ", \"coupon\": 1"))
                .commitEvents(SCHEMA, order("DE", 1, ", \"other\": 1"), order("DE", 1, ""));

        get("/validation")
                .body("status", equalTo("WARN"))
                .body(check("rescued", "observed"), equalTo("4 rows with other fields"))
                .body(
                        check("rescued", "message"),
                        equalTo("Fields that the schema does not know, since batch 1:"
                                + " /coupon (3), /customer/vip (1), /other (1)."));
    }

    @Test
    void hasNoChecksOfEventsForBuiltInOnes() {
        run.commit(3, 5);

        get("/validation").body("checks.name", not(hasItem("columns"))).body("checks.name", not(hasItem("rescued")));
        get("/columns").body("", empty());
    }

    @Test
    void sumsUpWhatFootersSayOfColumns() {
        EventSchema before = TestEvents.schema(ORDERS.replaceFirst(" *\"customer\".*\n.*\n", ""));
        String customer = ", \"customer\": {\"name\": \"c2\", \"since\": \"2026-01-31\", \"vip\": 1}";
        run.commitEvents(before, order("FR", 1, ""), order("DE", 2.5, ", \"value\": \"b\""))
                .commitEvents(SCHEMA, order("DE", 1, customer + ", \"items\": [7, null, 3], \"value\": \"a\""))
                .commitEvents(SCHEMA, order("DE", 1, ""));

        String answer = get("/columns").extract().asString();

        assertThat(answer)
                .startsWith("[{\"run\":\"run_1\",\"columns\":["
                        + column("id", "string", 4, 0, "\"DE\"", "\"FR\"")
                        + column("ts", "date-time", 4, 0, TIME, TIME)
                        + column("amount", "number", 4, 0, "1.0", "2.5")
                        + column("value", "string", 4, 2, "\"a\"", "\"b\"")
                        + column("items[]", "integer", 4, 4, "3", "7")
                        + column("customer.name", "string", 4, 3, "\"c2\"", "\"c2\"")
                        + column("customer.since", "date", 4, 3, "\"2026-01-31\"", "\"2026-01-31\"")
                        + column("kafka_partition", "integer", 4, 0, "0", "0")
                        + column("kafka_offset", "integer", 4, 0, "0", "3")
                        + column("kafka_timestamp", "date-time", 4, 0, KAFKA_TIME, KAFKA_TIME.replace("00Z", "01Z"))
                        + column("rescued", "string", 4, 3, "null", "null").replaceFirst(",$", "")
                        + "],\"schemas\":[{\"sha256\":\""
                        + before.storedName().orElseThrow()
                        + "\",\"firstBatch\":0,\"lastBatch\":0,\"schema\":{\"type\": \"object\",")
                .contains("},{\"sha256\":\"" + SCHEMA.storedName().orElseThrow()
                        + "\",\"firstBatch\":1,\"lastBatch\":2,");
    }

    private static final String TIME = "\"2026-11-22T12:34:56.000000Z\"";
    private static final String KAFKA_TIME = "\"2026-11-22T12:34:57.000000Z\"";

    private static String column(String path, String type, long rows, long nulls, String min, String max) {
        return "{\"path\":\"" + path + "\",\"type\":\"" + type + "\",\"rows\":" + rows + ",\"nulls\":" + nulls
                + ",\"minimum\":" + min + ",\"maximum\":" + max + "},";
    }

    @Test
    void showsAllColumnsOfTheFirstRows() {
        run.commitEvents(
                SCHEMA,
                order(
                        "DE",
                        1,
                        ", \"value\": \"x\", \"customer\": {\"name\": \"Ä\", \"since\": \"2026-01-31\", \"vip\": 1},"
                                + " \"items\": [1, null]"),
                order("FR", 2, ", \"items\": []"));

        assertThat(get("/aggregates").extract().asString())
                .contains(
                        """
                        "head":[{"id":"DE","ts":"2026-11-22T12:34:56.000000Z","amount":1.0,"value":"x",\
                        "customer":{"name":"Ä","since":"2026-01-31"},"items":[1,null],\
                        "kafka_partition":0,"kafka_offset":0,"kafka_timestamp":"2026-11-22T12:34:57.000000Z",\
                        "rescued":"{\\"/customer/vip\\":1}"},\
                        {"id":"FR","ts":"2026-11-22T12:34:56.000000Z","amount":2.0,"value":null,\
                        "customer":null,"items":[],\
                        "kafka_partition":0,"kafka_offset":1,"kafka_timestamp":"2026-11-22T12:34:57.000001Z",\
                        "rescued":null}],""");
    }

    @Test
    void showsTheNewestRows() {
        String later = order("FR", 2, "").replace("12:34", "12:35");
        run.commitEvents(SCHEMA, order("DE", 1, ""), later, order("FR", 3, ""));
        new TestRun(outputDir, "2").commit(3, 5);

        get("/rows?last=2&run=1").body("amount", contains(2d, 3d)).body("[0].kafka_offset", equalTo(1));
        get("/rows?run=all").body("id", contains("FR", 3, "FR", "DE"));
    }

    @Test
    void namesTheSchemaOfEachBatch() {
        run.commitEvents(SCHEMA, order("FR", 1, ""));
        new TestRun(outputDir, "2").commit(3, 5);

        get("/batches?run=1")
                .body("[0].version", equalTo(3))
                .body("[0].schema", equalTo(SCHEMA.storedName().orElseThrow()));
        assertThat(get("/batches?run=2").extract().asString()).doesNotContain("schema");
    }

    @Test
    void describesGroupsAndRowsInOpenApi() {
        String schemas = "components.schemas.";
        when().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(schemas + "PerId.properties.id.oneOf.type", contains("integer", null, "boolean"))
                .body(schemas + "TextOrNull.type", contains("string", "null"))
                .body(schemas + "ShownRow.oneOf", hasSize(3))
                .body(
                        "paths.'/windows'.get.parameters.find { it.name == 'groups' }.content.'application/json'.schema",
                        equalTo(Map.of("type", "array", "items", Map.of(), "minItems", 1, "maxItems", 12)))
                .body(schemas + "WindowsAnswer.required", not(hasItem("rest")))
                .body(
                        schemas + "AggregatesAnswer.properties.head.items.'$ref'",
                        equalTo("#/components/schemas/ShownRow"));
    }

    @Test
    void averagesWindowsOfGroups() {
        run.commitEvents(SCHEMA, order("FR", 1, ""), order("DE", 10, ""), order("DE", 20, ""));

        get("/windows")
                .body("series.id", contains("DE", "FR"))
                .body("series[0].windows", hasSize(1))
                .body("series[0].windows[0].count", equalTo(2))
                .body("series[0].windows[0].mean", equalTo(15d));
    }

    private static EventSchema groupedBy(String shape) {
        return TestEvents.schema(ORDERS.replace("{\"enum\": [\"DE\", \"FR\", \"PL\"]}", shape)
                .replace("\"partition\": [\"id\"]", "\"partition\": []"));
    }

    /** Each group has one row more than the next one. */
    private void commitGroups(int groups) {
        List<String> events = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            for (int row = group; row < groups; row++) {
                events.add(order("g" + group, group, ""));
            }
        }
        run.commitEvents(groupedBy("{\"type\": \"string\"}"), events.toArray(String[]::new));
    }

    @Test
    void averagesWindowsOfTheLargestGroupsAndOfTheRest() {
        commitGroups(14);

        String answer = get("/windows")
                .body("series.id", hasSize(12))
                .body("series.id", not(hasItem("g12")))
                .extract()
                .asString();

        assertThat(answer)
                .endsWith(
                        ",\"rest\":[{\"start\":\"2026-11-22T12:34:50.000000Z\",\"count\":3,\"mean\":12.333333333333334}]}");
    }

    @Test
    void averagesWindowsOfNamedGroups() {
        commitGroups(14);

        windows("[\"g13\",\"g0\"]")
                .body("series.id", contains("g13", "g0"))
                .body("series[0].windows.mean", contains(13d))
                .body("rest.count", contains(14 * 15 / 2 - 14 - 1));
        windows("[\"g13\"]").body("series.id", contains("g13")).body("rest.count", contains(14 * 15 / 2 - 1));
        get("/windows").body("series.id", hasSize(12));
        run.commitEvents(groupedBy("{\"type\": \"string\"}"), order("g0", 0, "").replace("12:34", "13:34"));
        windows("[\"g13\",\"g0\"]")
                .body("series.id", contains("g13", "g0"))
                .body("series.windows.count", contains(List.of(), List.of(1)))
                .body("", not(hasKey("rest")));
        get("/windows?last=2h").body("series.id", hasSize(12));
    }

    @Test
    void averagesWindowsOfGroupsThatAreNotTexts() {
        EventSchema schema = groupedBy("{\"type\": [\"integer\", \"null\"]}");
        run.commitEvents(
                schema,
                order("", 1, "").replace("\"\"", "null"),
                order("", 2, "").replace("\"\"", "9007199254740993"));
        new TestRun(outputDir, "2").commit(3, 5).commit(4, 5);

        assertThat(windows("[null]&run=1").extract().asString()).contains("\"series\":[{\"id\":null,\"windows\":[{");
        assertThat(windows("[9007199254740993]&run=1").extract().asString())
                .contains("\"series\":[{\"id\":9007199254740993,\"windows\":[{");
        windows("[3]&run=2").body("series.id", contains(3)).body("rest.count", contains(1));
    }

    @Test
    void takesAsManyLongGroupsAsThePageNames() {
        String letters = "\u4e16".repeat(298);
        String[] groups = IntStream.range(10, 22)
                .mapToObj(group -> group + letters.substring(2))
                .toArray(String[]::new);
        run.commitEvents(
                groupedBy("{\"type\": \"string\"}"),
                Stream.of(groups).map(group -> order(group, 1, "")).toArray(String[]::new));

        windows("[\"" + String.join("\",\"", groups) + "\"]").body("series.id", contains(groups));
    }

    private static ValidatableResponse windows(String groups) {
        return get("/windows?groups=" + groups);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g1",
                "\"g1\"",
                "{}",
                "[]",
                "[\"g1\"",
                "[\"g1\"] 1",
                "[\"g99\"]",
                "[1]",
                "[true]",
                "[null]",
                "[1.0]",
                "[10000000000000000000]",
                "[[\"g1\"]]",
                "[\"g0\",\"g1\",\"g2\",\"g3\",\"g4\",\"g5\",\"g6\",\"g7\",\"g8\",\"g9\",\"g10\",\"g11\",\"g12\"]"
            })
    void refusesGroupsThatTheRowsDoNotHave(String groups) {
        commitGroups(13);

        given().queryParam("groups", groups)
                .when()
                .get("/windows")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("parameter", equalTo("groups"))
                .body(
                        "detail",
                        equalTo("groups=" + groups
                                + " is not allowed: a JSON array of 1 to 12 groups that the rows have,"
                                + " such as [\"DE\",null]"));
    }

    @Test
    void aggregatesRunsWithAndWithoutSchemas() {
        run.commitEvents(SCHEMA, order("FR", 1, ""));
        new TestRun(outputDir, "2").commit(3, 5);

        assertThat(get("/aggregates?run=all")
                        .body("perId.id", contains(3, "FR"))
                        .extract()
                        .asString())
                .doesNotContain("groupedBy");
        get("/aggregates?run=2").body("perId.id", contains(3)).body("files.unreadable", empty());
    }
}

package pipeline.validator.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.validator.OutputDir;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;

@QuarkusTest
@WithTestResource(OutputDir.class)
class AggregatesResourceTest {
    Path outputDir;

    private TestRun run;

    @BeforeEach
    void clear() {
        OutputDir.reset(outputDir);
        run = new TestRun(outputDir, "1");
        RestAssured.config =
                RestAssured.config().jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));
    }

    private ValidatableResponse aggregates(String query) {
        return when().get("/aggregates" + query).then().statusCode(200).contentType("application/json");
    }

    private Path inRun(String path) {
        return run.folder().resolve(path);
    }

    @Test
    void answersTheContract() throws Exception {
        run.commit(Map.of(0, new double[] {1, 2.5}, 4, new double[] {100}), 3);

        String answer = aggregates("?head=2").extract().asString();

        JsonNode json = new ObjectMapper().readTree(answer);
        assertThat(names(json))
                .containsExactly(
                        "status",
                        "message",
                        "path",
                        "runs",
                        "knownRuns",
                        "totalRows",
                        "rejected",
                        "perId",
                        "head",
                        "files",
                        "asOf");
        assertThat(json.get("perId").toString())
                .isEqualTo(
                        """
                        [{"id":0,"count":2,"mean":1.75,"min":1.0,"max":2.5,\
                        "firstTs":"2026-11-22T12:34:56.123456Z","lastTs":"2026-11-22T12:34:56.123457Z"},\
                        {"id":4,"count":1,"mean":100.0,"min":100.0,"max":100.0,\
                        "firstTs":"2026-11-22T12:34:56.123456Z","lastTs":"2026-11-22T12:34:56.123456Z"}]""");
        assertThat(json.get("head").toString())
                .isEqualTo(
                        """
                        [{"id":0,"ts":"2026-11-22T12:34:56.123456Z","value":1.0,"source":"sim-producer"},\
                        {"id":0,"ts":"2026-11-22T12:34:56.123457Z","value":2.5,"source":"sim-producer"}]""");
        assertThat(json.get("files").toString()).isEqualTo("{\"total\":2,\"readNow\":2,\"unreadable\":[]}");
        assertThat(json.get("runs").toString()).isEqualTo("[\"run_1\"]");
        assertThat(json.get("knownRuns").toString()).isEqualTo("[\"run_1\"]");
        assertThat(json.get("status").asText()).isEqualTo("WARN");
        assertThat(json.get("message").asText())
                .isEqualTo("3 rows in 2 files of run_1. Rejected: 3 of 6 events, 50 %. Most of the newest ones: id:"
                        + " missing, for example partition 0 offset 3. Each event with its reason: "
                        + outputDir.resolve("rejected/run_1") + ".");
        assertThat(json.get("path").asText()).isEqualTo(run.folder().toString());
        assertThat(json.get("totalRows").asLong()).isEqualTo(3);
        assertThat(json.get("rejected").asLong()).isEqualTo(3);
        assertThat(Instant.parse(json.get("asOf").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void failsWhenEveryEventWasRejected() {
        run.commit(Map.of(), 3);

        aggregates("")
                .body("status", equalTo("FAILED"))
                .body("totalRows", equalTo(0))
                .body("rejected", equalTo(3))
                .body(
                        "message",
                        equalTo("rejected: 3 of 3 events, 100 %. Most of the newest ones: id: missing, for example"
                                + " partition 0 offset 0. Each event with its reason: "
                                + outputDir.resolve("rejected/run_1")
                                + ". Everything else is included: 0 rows in 0 files."));
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void readsOnlyNewFiles() {
        run.commit(0, 1).commit(0, 2);
        aggregates("").body("files.readNow", equalTo(2)).body("totalRows", equalTo(2));

        run.commit(0, 3);

        aggregates("").body("files.readNow", equalTo(1)).body("totalRows", equalTo(3));
        aggregates("").body("files.readNow", equalTo(0)).body("files.total", equalTo(3));
    }

    @Test
    void saysWhatToDoWithoutAFolder() {
        aggregates("")
                .body("status", equalTo("NO_DATA"))
                .body("message", containsString("there is no folder " + outputDir.resolve("parquet")))
                .body("message", containsString("OUTPUT_DIR"))
                .body("totalRows", equalTo(0))
                .body("runs", empty())
                .body("perId", empty())
                .body("head", empty())
                .body("files.total", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "parquet/run_1", "parquet/run_1/_ledger", "parquet/run_1/id=0"})
    void saysWhatToDoWithoutFiles(String folder) throws Exception {
        Files.createDirectories(outputDir.resolve(folder));

        aggregates("")
                .body("status", equalTo("NO_DATA"))
                .body("message", containsString("no Parquet file"))
                .body("totalRows", equalTo(0));
    }

    @Test
    void reportsFilesWithoutRows() {
        TestFiles.writeValues(inRun("id=2/empty.parquet"));

        aggregates("")
                .body("status", equalTo("NO_DATA"))
                .body("message", containsString("no rows"))
                .body("perId.id", contains(2))
                .body("perId[0].count", equalTo(0))
                .body("perId[0].mean", nullValue())
                .body("perId[0].firstTs", nullValue());
    }

    @Test
    void listsATreeWithoutLedger() {
        TestFiles.writeValues(inRun("id=1/part-a.snappy.parquet"), 3, 4);

        aggregates("")
                .body("status", equalTo("OK"))
                .body("perId[0].mean", equalTo(3.5))
                .body("rejected", equalTo(0));
    }

    @Test
    void followsSparksMetadata() {
        TestFiles.writeValues(inRun("id=1/a.parquet"), 3);
        TestFiles.writeValues(inRun("id=1/orphan.parquet"), 100);
        TestFiles.writeText(
                inRun("_spark_metadata/0"),
                "v1\n{\"path\":\"file:///x/id=1/a.parquet\",\"size\":1,\"modificationTime\":1,\"action\":\"add\"}\n");

        aggregates("").body("status", equalTo("OK")).body("totalRows", equalTo(1));
    }

    @Test
    void namesEveryBrokenFileAndAddsUpTheRest() throws Exception {
        TestFiles.writeValues(inRun("id=0/good.parquet"), 1, 3);
        TestFiles.writeValues(inRun("id=0/truncated.parquet"), 1, 2, 3);
        TestFiles.truncate(inRun("id=0/truncated.parquet"));
        TestFiles.writeText(inRun("id=0/text.parquet"), "just text");
        TestFiles.writeText(inRun("id=0/empty.parquet"), "");
        Files.createDirectories(inRun("id=0/folder.parquet"));
        TestFiles.write(
                inRun("id=0/valueless.parquet"),
                Types.buildMessage()
                        .required(PrimitiveTypeName.DOUBLE)
                        .named("x")
                        .named("m"),
                rows -> rows.add(fields -> fields.append("x", 1d)));
        TestFiles.writeValues(inRun("id=many/good.parquet"), 1);

        aggregates("")
                .body("status", equalTo("FAILED"))
                .body(
                        "files.unreadable",
                        contains(
                                "id=0/empty.parquet",
                                "id=0/folder.parquet",
                                "id=0/text.parquet",
                                "id=0/truncated.parquet",
                                "id=0/valueless.parquet",
                                "id=many/good.parquet"))
                .body("files.total", equalTo(7))
                .body(
                        "message",
                        allOf(
                                containsString("6 of 7 files can't be read: run_1/id=0/empty.parquet (it is empty)"),
                                containsString("2 rows")))
                .body("totalRows", equalTo(2))
                .body("perId[0].mean", equalTo(2d));
    }

    @Test
    void leavesOutOfTheMeanWhatIsNotANumberAndReportsIt() {
        run.commit(0, 1, Double.NaN, 3, Double.POSITIVE_INFINITY);

        aggregates("")
                .body("status", equalTo("FAILED"))
                .body("message", containsString("2 values left out of mean, minimum and maximum: 0 null, 1 NaN, 1 inf"))
                .body("totalRows", equalTo(4))
                .body("perId[0].count", equalTo(4))
                .body("perId[0].mean", equalTo(2d))
                .body("perId[0].max", equalTo(3d))
                .body("head[1].value", nullValue());
    }

    @Test
    void selectsTheRunThatCommittedLastByDefault() {
        run.commit(0, 1);
        new TestRun(outputDir, "2")
                .committedAt(Instant.parse("2030-01-01T00:00:00Z"))
                .commit(0, 2, 2);

        aggregates("").body("runs", contains("run_2")).body("totalRows", equalTo(2));
        aggregates("?run=1").body("runs", contains("run_1")).body("totalRows", equalTo(1));
        aggregates("?run=run_1").body("runs", contains("run_1"));
        aggregates("?run=all")
                .body("runs", contains("run_1", "run_2"))
                .body("totalRows", equalTo(3))
                .body("path", equalTo(outputDir.resolve("parquet").toString()));
    }

    @Test
    void namesTheKnownRunsIfTheSelectedOneDoesNotExist() {
        run.commit(0, 1);

        aggregates("?run=9")
                .body("status", equalTo("NO_DATA"))
                .body("message", containsString("there is no run 9"))
                .body("message", containsString("run_1"))
                .body("runs", empty());
    }

    @Test
    void showsTheRequestedNumberOfRows() {
        run.commit(0, new double[1500]);

        aggregates("").body("head", hasSize(10));
        aggregates("?head=0").body("head", empty());
        aggregates("?head=1000").body("head", hasSize(1000));
    }

    @ParameterizedTest
    @CsvSource({
        "head,ten",
        "head,-1",
        "head,1001",
        "head,1.5",
        "head,''",
        "run,''",
        "head,99999999999999999999",
        "run,../run_1",
        "run,a b",
        "run,a*"
    })
    void refusesBadParameters(String name, String value) {
        given().queryParam(name, value)
                .when()
                .get("/aggregates")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("title", equalTo("Bad Request"))
                .body("parameter", equalTo(name))
                .body("value", equalTo(value))
                .body("detail", containsString(name + "=" + value + " is not allowed: "));
    }

    @Test
    void refusesAParameterGivenTwice() {
        when().get("/aggregates?head=1&head=2")
                .then()
                .statusCode(400)
                .body("detail", equalTo("head=1,2 is not allowed: once, not several times"));
    }

    @Test
    void reportsUnreachableStorage() {
        TestFiles.writeText(outputDir.resolve("parquet"), "a file in its place");

        when().get("/aggregates")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("detail", containsString("it is not a folder"));
        when().get("/q/health/ready").then().statusCode(503).body("status", equalTo("DOWN"));
    }

    @Test
    void isReadyWithoutDataAndListsWhatItSees() {
        when().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body(
                        "checks.find { it.name == 'storage' }.data.path",
                        equalTo(outputDir.resolve("parquet").toString()))
                .body("checks.find { it.name == 'storage' }.data.sees", equalTo("no folder yet"));
    }

    @Test
    void answersUnknownPathsAndMethodsWithAProblem() {
        when().get("/nothing/here")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("/nothing/here"));
        when().post("/aggregates")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD, OPTIONS")
                .contentType("application/problem+json");
        given().accept("application/xml")
                .when()
                .get("/aggregates")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/aggregates", "/validation?deep=full", "/", "/q/health", "/q/metrics", "/nothing/here"})
    void refusesRequestsOfForeignWebPages(String path) {
        given().header("Host", "attacker.example:8083")
                .when()
                .get(path)
                .then()
                .statusCode(421)
                .contentType("application/problem+json")
                .body("detail", containsString("set VALIDATOR_HOSTS=attacker.example."));
        given().header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "no-cors")
                .when()
                .get(path)
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("web pages of other sites"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8083", "127.0.0.1", "[::1]:8083", "validator.example:8083"})
    void answersRequestsToItsOwnNamesAndToAddresses(String host) {
        for (String path : List.of("/aggregates", "/q/metrics")) {
            given().header("Host", host).when().get(path).then().statusCode(200);
        }
    }

    @Test
    void servesOpenApiAndMetrics() {
        run.commit(0, 1);
        aggregates("");

        when().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/aggregates'.get.operationId", equalTo("aggregates"));
        when().get("/q/metrics").then().statusCode(200).body(containsString("validator_files_read_total"));
        when().get("/q/swagger-ui/").then().statusCode(200);
    }
}

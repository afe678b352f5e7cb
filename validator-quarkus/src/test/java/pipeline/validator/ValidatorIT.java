package pipeline.validator;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;

/**
 * The packaged validator, as a jar or as a native binary. Whole answers are compared as text: both must give the same
 * bytes, except for times, file sizes, and the number of files that an earlier refresh has already read.
 */
@QuarkusIntegrationTest
@TestMethodOrder(OrderAnnotation.class)
@WithTestResource(
        value = OutputDir.class,
        initArgs = @ResourceArg(name = OutputDir.KAFKA, value = ValidatorIT.NO_BROKER))
class ValidatorIT {
    /** Nothing listens here, so Kafka's client gets no answer. */
    static final String NO_BROKER = "127.0.0.1:1";

    Path outputDir;

    private TestRun run;

    @BeforeEach
    void clear() {
        OutputDir.delete(outputDir);
        run = new TestRun(outputDir, "1");
        RestAssured.config =
                RestAssured.config().jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));
    }

    /** Returns the answer without the parts that differ each time. */
    private String answer(String path) {
        return when().get(path)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString()
                .replace(outputDir.toString(), "OUTPUT_DIR")
                .replaceAll("\"asOf\":\"[^\"]+\"", "\"asOf\":\"…\"")
                .replaceAll("\"readNow\":\\d+", "\"readNow\":…")
                .replaceAll("\"bytes\":\\d+", "\"bytes\":…");
    }

    @Test
    void answersTheContract() {
        run.commit(Map.of(0, new double[] {1, 2.5}, 4, new double[] {Double.NaN}), 3);

        assertThat(answer("/aggregates?head=2"))
                .isEqualTo(
                        """
                        {"status":"FAILED",\
                        "message":"1 value left out of mean, minimum and maximum: 0 null, 1 NaN, 0 infinite. \
                        Everything else is included: 3 rows in 2 files.",\
                        "path":"OUTPUT_DIR/parquet/run_1","runs":["run_1"],"knownRuns":["run_1"],"totalRows":3,"rejected":3,\
                        "perId":[{"id":0,"count":2,"mean":1.75,"min":1.0,"max":2.5,\
                        "firstTs":"2026-11-22T12:34:56.123456Z","lastTs":"2026-11-22T12:34:56.123457Z"},\
                        {"id":4,"count":1,"mean":null,"min":null,"max":null,\
                        "firstTs":"2026-11-22T12:34:56.123456Z","lastTs":"2026-11-22T12:34:56.123456Z"}],\
                        "head":[{"id":0,"ts":"2026-11-22T12:34:56.123456Z","value":1.0,"source":"sim-producer"},\
                        {"id":0,"ts":"2026-11-22T12:34:56.123457Z","value":2.5,"source":"sim-producer"}],\
                        "files":{"total":2,"readNow":…,"unreadable":[]},"asOf":"…"}""");
        assertThat(answer("/batches"))
                .isEqualTo(
                        """
                        [{"run":"run_1","version":1,"seq":0,"committedAt":"2026-11-22T12:35:00.000000Z",\
                        "topic":"events","topicId":"topic-id","clusterId":"cluster-id",\
                        "offsets":{"0":{"from":0,"until":6}},"gaps":[],"events":6,"rows":3,"rejected":3,\
                        "files":[{"path":"id=0/part-0000000000-0.parquet","rows":2,"bytes":…},\
                        {"path":"id=4/part-0000000000-0.parquet","rows":1,"bytes":…}],\
                        "rejectedFiles":[{"path":"part-0.jsonl","rows":3,"bytes":…}]}]""");
        assertThat(answer("/rows?last=2"))
                .isEqualTo(
                        """
                        [{"id":0,"ts":"2026-11-22T12:34:56.123457Z","value":2.5,"source":"sim-producer",\
                        "kafka_partition":0,"kafka_offset":1},\
                        {"id":4,"ts":"2026-11-22T12:34:56.123456Z","value":null,"source":"sim-producer",\
                        "kafka_partition":0,"kafka_offset":2}]""");
        assertThat(answer("/windows"))
                .isEqualTo(
                        """
                        {"size":"10s","series":[\
                        {"id":0,"windows":[{"start":"2026-11-22T12:34:50.000000Z","count":2,"mean":1.75}]},\
                        {"id":4,"windows":[{"start":"2026-11-22T12:34:50.000000Z","count":1,"mean":null}]}]}""");
    }

    @Test
    void validatesAndReportsThatKafkaDoesNotAnswer() {
        run.commit(0, 1, 2);

        when().get("/validation?deep=true")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'exactly-once' }.status", equalTo("OK"))
                .body("checks.find { it.name == 'lag' }.status", equalTo("WARN"))
                .body("checks.find { it.name == 'lag' }.message", containsString(NO_BROKER))
                .body("checks.message", everyItem(not(equalTo(""))));
    }

    /** Each codec, with values in a dictionary and plain or delta-encoded, in pages of both versions. */
    @Test
    void readsEveryFormatThatWritersUse() throws Exception {
        int rows = 3_000;
        double[] values =
                IntStream.range(0, rows).mapToDouble(row -> row % 50 + 0.25).toArray();
        List<LedgerFile> files = new ArrayList<>();
        for (CompressionCodecName codec : TestFiles.CODECS) {
            for (WriterVersion version : WriterVersion.values()) {
                for (boolean dictionary : new boolean[] {true, false}) {
                    String path = "id=2/" + codec + "-" + version + "-" + dictionary + ".parquet";
                    Path file = TestFiles.writeEvents(
                            run.folder().resolve(path),
                            writer -> writer.withCompressionCodec(codec)
                                    .withWriterVersion(version)
                                    .withDictionaryEncoding(dictionary)
                                    .withPageRowCountLimit(1_000),
                            0,
                            (long) files.size() * rows,
                            values);
                    files.add(new LedgerFile(path, rows, Files.size(file)));
                }
            }
        }
        long all = (long) files.size() * rows;
        run.commit(new LedgerRecord(
                0,
                TestFiles.ts(),
                new TopicIdentity("cluster-id", "events", "topic-id"),
                ReadOffsets.of(Map.of(0, new OffsetRange(0, all))),
                files,
                List.of()));

        assertThat(files).hasSize(20);
        when().get("/aggregates")
                .then()
                .body("status", equalTo("OK"))
                .body("files.unreadable", hasSize(0))
                .body("totalRows", equalTo((int) all))
                .body("perId[0].mean", equalTo(24.75))
                .body("perId[0].max", equalTo(49.25))
                .body("perId[0].lastTs", equalTo("2026-11-22T12:34:56.126455Z"));
        when().get("/validation?deep=true")
                .then()
                .body("checks.find { it.name == 'exactly-once' }.status", equalTo("OK"));
        when().get("/windows").then().body("series[0].windows[0].count", equalTo((int) all));
        when().get("/rows?last=1000").then().body("source", everyItem(equalTo("sim-producer")));
    }

    @Test
    void readsTimestampsOfOldSparkVersions() {
        ByteBuffer int96 = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        int96.putLong(1_500).putInt(2_440_589).flip();
        TestFiles.write(
                run.folder().resolve("id=1/old.parquet"),
                Types.buildMessage()
                        .required(DOUBLE)
                        .named("value")
                        .optional(INT96)
                        .named("ts")
                        .named("m"),
                rows -> rows.add(
                        fields -> fields.append("value", 1d).append("ts", Binary.fromConstantByteBuffer(int96))));

        when().get("/aggregates").then().body("perId[0].firstTs", equalTo("1970-01-02T00:00:00.000001Z"));
    }

    @Test
    void namesATruncatedFileAndAddsUpTheRest() {
        TestFiles.writeValues(run.folder().resolve("id=0/good.parquet"), 1, 3);
        TestFiles.truncate(TestFiles.writeValues(run.folder().resolve("id=0/truncated.parquet"), 1, 2, 3));

        when().get("/aggregates")
                .then()
                .statusCode(200)
                .body("status", equalTo("FAILED"))
                .body("files.unreadable", contains("id=0/truncated.parquet"))
                .body("perId[0].mean", equalTo(2d));
    }

    /** Runs first: the validator would report that the data of an earlier test is missing. */
    @Test
    @Order(1)
    void hasNoDataYet() {
        when().get("/aggregates").then().statusCode(200).body("status", equalTo("NO_DATA"));
        when().get("/validation").then().statusCode(200).body("status", equalTo("NO_DATA"));
        assertThat(answer("/batches")).isEqualTo("[]");
        assertThat(answer("/rows")).isEqualTo("[]");
        assertThat(answer("/windows")).isEqualTo("{\"size\":\"10s\",\"series\":[]}");
    }

    @Test
    void answersErrorsWithAProblem() {
        assertThat(problem("/aggregates?head=ten", 400))
                .isEqualTo(
                        """
                        {"type":"about:blank","title":"Bad Request","status":400,\
                        "detail":"head=ten is not allowed: a whole number from 0 to 1000",\
                        "parameter":"head","value":"ten","allowed":"a whole number from 0 to 1000"}""");
        assertThat(problem("/nothing", 404))
                .isEqualTo(
                        """
                        {"type":"about:blank","title":"Not Found","status":404,\
                        "detail":"There is nothing at /nothing; /q/swagger-ui lists all endpoints."}""");

        TestFiles.writeText(outputDir.resolve("parquet"), "a file in its place");
        assertThat(problem("/aggregates", 503)).contains("it is not a folder");
        when().get("/q/health/ready").then().statusCode(503);
    }

    private static String problem(String path, int status) {
        return given().get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .extract()
                .asString();
    }

    @Test
    void servesHealthMetricsAndOpenApi() {
        run.commit(0, 1);
        when().get("/aggregates").then().statusCode(200);

        when().get("/q/health").then().statusCode(200).body("checks.name", hasItems("storage"));
        when().get("/").then().statusCode(200).contentType("text/html").body(containsString("<title>"));
        when().get("/q/metrics").then().statusCode(200).body(containsString("validator_files_read_total"));
        when().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.keySet()", hasItems("/aggregates", "/validation", "/windows", "/batches", "/rows"));
        when().get("/q/swagger-ui/").then().statusCode(200).contentType("text/html");
    }
}

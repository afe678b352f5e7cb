package pipeline.validator.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.StopVerdict;
import pipeline.validator.BackgroundWork;
import pipeline.validator.OutputDir;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;

/** {@code /validation}, and the endpoints for the page: {@code /windows}, {@code /batches}, {@code /rows}. */
@QuarkusTest
@WithTestResource(OutputDir.class)
class ValidationResourceTest {
    Path outputDir;

    @Inject
    BackgroundWork work;

    private TestRun run;

    @BeforeEach
    void clear() {
        OutputDir.reset(outputDir);
        run = new TestRun(outputDir, "1").committedAt(Instant.now());
    }

    private static ValidatableResponse get(String path) {
        return when().get(path).then().statusCode(200).contentType("application/json");
    }

    private static String check(String name, String field) {
        return "checks.find { it.name == '" + name + "' }." + field;
    }

    @Test
    void passesAGoodRun() {
        run.commit(Map.of(0, new double[] {1}, 1, new double[] {2}), 0);

        ValidatableResponse answer = get("/validation?deep=true");

        int passed = answer.extract().path("checks.findAll { it.status == 'OK' }.size()");
        answer.body("status", equalTo("OK"))
                .body("message", equalTo(passed + " checks passed."))
                .body("checks.findAll { it.status != 'OK' }.name", contains("volume", "lag"))
                .body("checks.advice", everyItem(nullValue()))
                .body(
                        "checks.name",
                        contains(
                                "readable-files",
                                "schema",
                                "id",
                                "value",
                                "ts",
                                "freshness",
                                "volume",
                                "ledger-files",
                                "offsets",
                                "rejected",
                                "lag",
                                "exactly-once"))
                .body(check("exactly-once", "status"), equalTo("OK"))
                .body(check("lag", "status"), equalTo("NO_DATA"))
                .body("checks.observed", everyItem(not(is(""))))
                .body("asOf", startsWith("20"));
    }

    @Test
    void givesAdviceWithThePathsOfTheDeployment() {
        run.commit(Map.of(0, new double[] {1}), 1);
        TestFiles.writeEvents(run.folder().resolve("id=0/stray.parquet"), 0, 0, 1);

        get("/validation")
                .body("checks.findAll { it.advice != null }.name", contains("ledger-files", "rejected"))
                .body(check("ledger-files", "status"), equalTo("FAILED"))
                .body(
                        check("ledger-files", "advice"),
                        startsWith("`" + run.folder() + "` does not hold exactly the committed files."))
                .body(check("rejected", "status"), equalTo("WARN"))
                .body(
                        check("rejected", "advice"),
                        containsString("`" + outputDir.resolve("rejected/run_1") + "` holds each of them"));
        assertThat(when().get("/validation").asString()).doesNotContain("\"advice\":null");
        when().get("/q/openapi?format=json")
                .then()
                .body("components.schemas.Finding.properties.advice.type", equalTo("string"));
    }

    @Test
    void accountsForOffsetsWithoutARecord() {
        run.commitWithAbsent(0, new double[] {1, 2}, 3);

        get("/validation?deep=true")
                .body("status", equalTo("OK"))
                .body(
                        check("offsets", "observed"),
                        equalTo("1 record, 2 events, 0 offsets in gaps, 3 without a record"));
        get("/batches")
                .body("[0].version", equalTo(2))
                .body("[0].absent.file", equalTo("0000000000.absent"))
                .body("[0].absent.offsets.0", equalTo(3))
                .body("[0].lastRead.0.hash", equalTo("0123456789abcdef"));
        work.validate();
        when().get("/q/metrics").then().body(containsString("\nvalidator_absent_offsets 3.0\n"));
    }

    @Test
    void failsWhileTheJobHasStoppedForGood() throws IOException {
        run.commit(0, 1, 2);
        Path stopped = run.folder().resolve("_stopped");
        Files.write(
                stopped,
                LedgerJson.encode(
                        new StopVerdict(Instant.parse("2026-11-22T12:00:00Z"), List.of(0), "Kafka lost it.")));

        get("/validation")
                .body("status", equalTo("FAILED"))
                .body(
                        check("offsets", "message"),
                        equalTo("The job stopped at 2026-11-22T12:00:00.000000Z for good: Kafka lost it."));
        get("/aggregates").body("status", equalTo("OK"));
        Files.writeString(stopped, "{");
        get("/validation").body(check("offsets", "message"), containsString("_stopped can't be read: "));
        Files.delete(stopped);
        get("/validation").body(check("offsets", "status"), equalTo("OK"));
    }

    @Test
    void namesAHiddenFileThatOtherReadersOpen() {
        run.commit(0, 1, 2);
        TestFiles.writeText(run.folder().resolve("id=0/._part-0000000001-0.parquet"), "not Parquet");

        get("/validation")
                .body("status", equalTo("FAILED"))
                .body(check("ledger-files", "message"), equalTo("Stray (1): run_1/id=0/._part-0000000001-0.parquet."));
        get("/aggregates").body("status", equalTo("OK")).body("totalRows", equalTo(2));
    }

    @Test
    void readsEveryRowOnlyOnRequest() {
        run.commit(0, 1, 2);
        TestFiles.writeEvents(run.folder().resolve("id=0/stray.parquet"), 0, 0, 1);

        get("/validation").body(check("exactly-once", "status"), equalTo("NO_DATA"));
        get("/validation?deep=true")
                .body(check("exactly-once", "status"), equalTo("FAILED"))
                .body(check("exactly-once", "message"), containsString("Twice (1): 0:0."));
    }

    @Test
    void namesTheFailedChecks() throws IOException {
        run.commit(0, 1).commit(0, 2);
        Files.delete(run.folder().resolve("id=0/part-0000000001-0.parquet"));

        get("/validation")
                .body("status", equalTo("FAILED"))
                .body("message", equalTo("2 checks failed: readable-files, ledger-files."))
                .body(check("ledger-files", "message"), equalTo("Missing (1): run_1/id=0/part-0000000001-0.parquet."));
    }

    @Test
    void warnsOfALostRecordAndOfOldData() {
        run.committedAt(Instant.parse("2026-01-01T00:00:00Z")).skipBatch().commit(0, 1);

        get("/validation")
                .body("status", equalTo("WARN"))
                .body("message", equalTo("2 checks warn: freshness, offsets."))
                .body(check("offsets", "message"), equalTo("Records lost (1): 0."));
    }

    @Test
    void countsOneCheckInTheSingular() {
        run.committedAt(Instant.parse("2026-01-01T00:00:00Z")).commit(0, 1);

        get("/validation").body("message", equalTo("1 check warns: freshness."));
    }

    @Test
    void hasNothingToCheckWithoutData() {
        get("/validation")
                .body("status", equalTo("NO_DATA"))
                .body("message", containsString("there is no folder"))
                .body("checks.status.unique()", contains("NO_DATA"));
    }

    @Test
    void saysWhichChecksNeedALedger() {
        TestFiles.writeValues(run.folder().resolve("id=0/a.parquet"), 1);

        get("/validation")
                .body(check("ledger-files", "status"), equalTo("NO_DATA"))
                .body(check("offsets", "status"), equalTo("NO_DATA"))
                .body(check("rejected", "status"), equalTo("NO_DATA"));
    }

    @Test
    void metricsDescribeTheRunThatCommittedLastWhoeverAsksForWhat() {
        new TestRun(outputDir, "0").committedAt(Instant.EPOCH).commit(Map.of(0, new double[] {1, 2}), 5);
        run.commit(Map.of(0, new double[] {1}), 1).commit(0, 500);
        work.validate();
        get("/validation?run=0");
        get("/aggregates?run=0");
        get("/validation?run=1&deep=true");

        assertThat(metrics())
                .contains("validator_check_status{check=\"readable-files\"} 0.0")
                .contains("validator_check_status{check=\"value\"} 2.0")
                .contains("validator_check_status{check=\"rejected\"} 1.0")
                .contains("validator_check_status{check=\"exactly-once\"} NaN")
                .contains("validator_lag_events NaN")
                .contains("validator_rows 2.0")
                .contains("validator_rejected_events 1.0")
                .contains("validator_files 2.0")
                .containsPattern("validator_commit_age_seconds -?[0-9.]+\n")
                .containsPattern("validator_validation_duration_seconds [0-9.]+\n")
                .containsPattern("validator_validation_time_seconds [0-9.E]+\n")
                .containsPattern("validator_audit_duration_seconds [0-9.]+\n");
    }

    /** Uses a link to itself, since root may read every folder. */
    @Test
    void aFolderThatCannotBeReadIsAFaultOfThatRunAlone() throws IOException {
        run.commit(0, 1, 2);
        Files.createSymbolicLink(outputDir.resolve("parquet/run_link"), Path.of("run_link"));

        get("/aggregates").body("status", equalTo("OK"));
        get("/validation").body("status", not("FAILED"));
        for (String selection : List.of("link", "all")) {
            get("/aggregates?run=" + selection)
                    .body("status", equalTo("FAILED"))
                    .body("message", containsString("run_link"))
                    .body("message", containsString("can't be read"));
            get("/validation?deep=true&run=" + selection).body("message", equalTo("1 check failed: readable-files."));
        }
        get("/aggregates?run=all").body("totalRows", equalTo(2));
        get("/rows?run=all").body("value", hasSize(2));
        get("/batches?run=all").body("run", contains("run_1"));
        get("/windows?run=all");
    }

    private static String metrics() {
        return when().get("/q/metrics").then().statusCode(200).extract().asString();
    }

    @Test
    void averagesOverTime() {
        run.commit(2, 1, 3);

        get("/windows?size=10m&last=1s").body("series[0].windows", hasSize(1));
        get("/windows?size=10s&last=10m")
                .body("size", equalTo("10s"))
                .body("series.id", contains(2))
                .body("series[0].windows", hasSize(1))
                .body("series[0].windows[0].start", equalTo("2026-11-22T12:34:50.000000Z"))
                .body("series[0].windows[0].count", equalTo(2))
                .body("series[0].windows[0].mean", equalTo(2f));
    }

    @Test
    void showsTheNewestBatches() {
        run.commit(0, 1).commit(Map.of(1, new double[] {2}), 3);

        get("/batches?last=1")
                .body("", hasSize(1))
                .body("[0].run", equalTo("run_1"))
                .body("[0].version", equalTo(1))
                .body("[0].seq", equalTo(1))
                .body("[0].offsets.'0'.from", equalTo(1))
                .body("[0].offsets.'0'.until", equalTo(5))
                .body("[0].rows", equalTo(1))
                .body("[0].rejected", equalTo(3))
                .body("[0].files[0].path", equalTo("id=1/part-0000000001-0.parquet"))
                .body("[0].gaps", empty());
        get("/batches").body("seq", contains(1, 0));
    }

    @Test
    void showsTheNewestRows() {
        run.commit(0, 1, 2).commit(1, 3);

        get("/rows?last=1")
                .body("", hasSize(1))
                .body("[0].id", equalTo(1))
                .body("[0].value", equalTo(3f))
                .body("[0].ts", equalTo("2026-11-22T12:34:56.123456Z"))
                .body("[0].kafka_partition", equalTo(0))
                .body("[0].kafka_offset", equalTo(2));
        get("/rows").body("", hasSize(3));
    }

    @Test
    void failsWhenEveryEventWasRejected() {
        run.commit(Map.of(), 3);

        get("/validation")
                .body("status", equalTo("FAILED"))
                .body(check("rejected", "status"), equalTo("FAILED"))
                .body(check("rejected", "message"), startsWith("Most of the newest ones: id: missing"));
    }

    @Test
    void readsOnlyNewFilesInTheNextAuditUnlessAskedForAll() {
        run.commit(0, 1, 2);
        get("/validation?deep=true")
                .body(check("exactly-once", "message"), equalTo("Every offset is present exactly once."));
        run.commit(0, 3);

        get("/validation?deep=true")
                .body(check("exactly-once", "status"), equalTo("OK"))
                .body(check("exactly-once", "message"), containsString("1 file had been read by an earlier audit"));
        get("/validation?deep=full")
                .body(check("exactly-once", "message"), equalTo("Every offset is present exactly once."));
    }

    @Test
    void auditsATreeWithoutALedgerThatHasNegativeAndDistantOffsets() {
        TestFiles.writeEvents(outputDir.resolve("parquet/run_2/id=0/a.parquet"), 0, -1, 1);
        TestFiles.writeEvents(outputDir.resolve("parquet/run_2/id=0/b.parquet"), 0, 1L << 60, 1);

        get("/validation?deep=true&run=2")
                .body(check("exactly-once", "status"), equalTo("WARN"))
                .body(check("exactly-once", "message"), containsString("0:0, 0:1, 0:2"));
    }

    @Test
    void answersWithEmptyListsWithoutData() {
        get("/windows").body("series", empty());
        get("/batches").body("", empty());
        get("/rows").body("", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "/validation,deep,maybe",
        "/validation,deep,TRUE",
        "/validation,run,a/b",
        "/windows,size,10",
        "/windows,size,0s",
        "/windows,size,500ms",
        "/windows,size,1500ms",
        "/windows,size,2h",
        "/windows,last,7h",
        "/windows,last,500ms",
        "/windows,last,soon",
        "/batches,last,0",
        "/batches,last,1001",
        "/batches,last,all",
        "/rows,last,-1",
        "/rows,run,*"
    })
    void refusesBadParameters(String path, String name, String value) {
        given().queryParam(name, value)
                .when()
                .get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("parameter", equalTo(name))
                .body("value", equalTo(value))
                .body("detail", containsString(name + "=" + value + " is not allowed: "));
    }
}

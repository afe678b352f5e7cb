package pipeline.local.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.LedgerRecord;
import pipeline.events.OffsetGap;
import pipeline.events.OutputTree;
import pipeline.events.Settings;

/**
 * Faults that need a scene of their own: what the job makes of each, word for word, and whether the output is right. They
 * run in this order on one broker, each with its own topic and folder; those whose fault is time itself run beside them on
 * another broker. Writes the table of {@code docs/faults.md} to {@code target/faults.md}.
 */
@Tag("faults")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultScenariosIT {
    private static final FaultTable TABLE = new FaultTable();
    private static final int LONG = 30;
    private static final String ANOTHER_TOPIC = "This run belongs to another topic than events is now: ";
    private static final String NEW_RUN = " was … and is …. Set RUN_ID or OUTPUT_DIR, for a new run.";

    @TempDir
    static Path folder;

    private static Bench bench;
    private static CompletableFuture<Void> timeFaults;

    @BeforeAll
    static void startBroker() throws IOException {
        bench = new Bench(folder, quick());
        bench.startBroker();
        timeFaults = CompletableFuture.runAsync(FaultScenariosIT::freezeAndCutOff);
    }

    /** The jobs live for seconds only: their start is most of what this suite costs. */
    private static Map<String, String> quick() {
        return Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dspark.ui.enabled=false");
    }

    @AfterAll
    static void writeTable() throws IOException {
        bench.close();
        TABLE.write(Path.of("target/faults.md"));
    }

    private static Stage stage(String name) throws IOException {
        return stage(name, Map.of());
    }

    private static Stage stage(String name, Map<String, String> settings) throws IOException {
        Stage stage = new Stage(bench.beside("scenario-" + name, settings));
        stage.bench().createTopic();
        return stage;
    }

    /** A stage with events published and its job killed. */
    private static Stage stageAtRest(String name) throws IOException {
        Stage stage = stage(name);
        stage.startJob();
        stage.publish();
        stage.job().kill();
        return stage;
    }

    @Test
    @Order(1)
    void refusesASecondJobOnTheSameRun() throws IOException {
        try (Stage stage = stage("second-job")) {
            stage.startJob();
            stage.publish();
            Victim second = stage.bench().anotherJob();

            second.start();

            stage.stopsWith(second, 1);
            String refused = stage.said(second, "Another job");
            assertThat(refused)
                    .isEqualTo("Another job is writing run 1 in OUTPUT_DIR (it holds OUTPUT_DIR/staging/run_1/lock)."
                            + " Stop it, or set RUN_ID to another name.");
            stage.publish();
            TABLE.row("a second job on the same run", "the second stops (exit 1); the first goes on", refused);

            Files.delete(stage.bench().tree().staging(Bench.RUN).resolve("lock"));
            second.start();
            stage.said(second, "Streaming started");
            await("one of the two stops").atMost(Duration.ofMinutes(1)).until(() -> {
                stage.send();
                return !second.isAlive() || !stage.job().isAlive();
            });
            Victim loser = second.isAlive() ? stage.job() : second;
            stage.stopsWith(loser, 1);
            String said = stage.lines(loser).stream()
                    .filter(line -> line.startsWith("Another job has") || line.startsWith("Somebody removed"))
                    .findFirst()
                    .orElseThrow();
            assertThat(said)
                    .matches("(Another job has (prepared|committed) batch \\d+ of run 1: two jobs write .*"
                            + " Stop one of them, then start this one again\\.)"
                            + "|(Somebody removed .*lock while this job held it, .*"
                            + " Leave one job of this run, and start it again\\.)");
            stage.caughtUp(second.isAlive() ? second : stage.job());
            stage.isRight();
            second.kill();
            TABLE.row(
                    "the lock file removed by hand, and a second job started",
                    "one of the two stops (exit 1), the other goes on; the output stays right",
                    said);
        }
    }

    @Test
    @Order(2)
    void stopsWhenTheDiskIsFullOrReadOnlyAndGoesOnAfterwards() throws IOException {
        assumeTrue(Mounts.arePossible(folder.resolve("probe")), "skipped: only root can mount a disk that is full");
        try (Mounts mounts = new Mounts();
                Stage stage = stage("disk")) {
            Path output = stage.bench().tree().root();
            mounts.small(output);
            stage.startJob();
            stage.publish();

            Path filler = Mounts.fill(output);
            stage.send();

            stage.stopsWith(1);
            String full = stage.said("No space left on a disk");
            assertThat(full)
                    .isEqualTo("No space left on a disk: that of OUTPUT_DIR, or of Spark's temporary files in /tmp."
                            + " Nothing is lost: make room there, then start the job again.");
            Files.delete(filler);
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            TABLE.row("disk full", "the job stops (exit 1); with space again, a start goes on", full);

            mounts.makeReadOnly(output);
            stage.send();

            stage.stopsWith(2);
            String readOnly = stage.said("OUTPUT_DIR=OUTPUT_DIR is not allowed");
            assertThat(readOnly)
                    .isEqualTo("OUTPUT_DIR=OUTPUT_DIR is not allowed: the job cannot write there:"
                            + " OUTPUT_DIR/staging/run_1/.probe-… (Read-only file system)");
            stage.job().start();
            stage.stopsWith(2);
            stage.said("(Read-only file system)");
            mounts.makeWritable(output);
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            TABLE.row("output made read-only", "the job stops (exit 2); writable again, a start goes on", readOnly);
            stage.job().kill();
        }
    }

    @Test
    @Order(3)
    void stopsWhenTheDiskOfTheCheckpointIsFull() throws IOException {
        assumeTrue(Mounts.arePossible(folder.resolve("probe")), "skipped: only root can mount a disk that is full");
        try (Mounts mounts = new Mounts();
                Stage stage = stage("checkpoint-disk")) {
            Path checkpoints = stage.bench().tree().checkpoints(Bench.RUN);
            mounts.small(checkpoints);
            stage.startJob();
            stage.publish();

            Path filler = Mounts.fill(checkpoints);
            stage.send();

            stage.stopsWith(1);
            String full = stage.said("No space left on a disk");
            Files.delete(filler);
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            TABLE.row(
                    "disk full where the checkpoint is (`_chk` on a mount of its own)",
                    "the job stops (exit 1); with space again, a start goes on",
                    full);
            stage.job().kill();
        }
    }

    @Test
    @Order(4)
    void takesPartitionsThatWereAdded() throws IOException {
        try (Stage stage = stage("grown")) {
            stage.startJob();
            stage.publish();

            new TopicFaults(stage.bench()).growTo(5);

            stage.publish();
            stage.isRight();
            TABLE.row(
                    "partitions added while the job runs",
                    "it takes them from their beginning",
                    stage.said("Batch 0: 300 events").replaceAll("[0-9.]+ s", "… s"));

            stage.endsAtSigterm();
            new TopicFaults(stage.bench()).growTo(6);
            stage.send();
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            stage.job().kill();
            TABLE.row("partitions added while it is stopped", "the next start takes them from their beginning");
        }
    }

    @Test
    @Order(5)
    void stopsWhenEventsAgedOutUnlessItIsToRecordTheGap() throws IOException {
        String gone = "partition 0 offsets 100 to 199, partition 1 offsets 100 to 199, partition 2 offsets 100 to 199";
        try (Stage stage = stage("aged-out")) {
            stage.startJob();
            stage.publish();

            ageOutBehindItsBack(stage);

            stage.stopsWith(1);
            String stopped = stage.said("Kafka no longer has");
            assertThat(stopped)
                    .isEqualTo("Kafka no longer has offsets of topic events that were not read yet: " + gone
                            + ". Set ON_DATA_LOSS=record to go on without them; the ledger then keeps the gap.");
            stage.job().start();
            stage.stopsWith(1);
            assertThat(stage.said("Kafka no longer has")).isEqualTo(stopped);
            TABLE.row("events aged out before they were read", "the job stops (exit 1), also at each start", stopped);
        }
        try (Stage stage = new Stage(bench.beside("scenario-aged-out", Map.of(Settings.ON_DATA_LOSS, "record")))) {
            stage.startJob();
            String goesOn = stage.said("Going on without");
            assertThat(goesOn)
                    .isEqualTo("Going on without " + gone + ", which Kafka no longer has; the ledger keeps the gap");
            stage.publish();
            assertGap(stage, 100, 200);

            ageOutBehindItsBack(stage);
            stage.said("partition 0 offsets 300 to 399");
            stage.publish();

            assertGap(stage, 300, 400);
            assertThat(rows(stage)).isEqualTo(3L * Stage.EVENTS);
            stage.bench().validator().start();
            String warned = stage.complaint("offsets");
            assertThat(warned)
                    .startsWith("WARN offsets: Kafka no longer had (6): ")
                    .contains("aged out before it was read");
            TABLE.row(
                    "the same with `ON_DATA_LOSS=record`, while it runs or at a start",
                    "the job goes on; the gap is in the ledger, and a WARN in `/validation`",
                    goesOn,
                    warned);
        }
    }

    /** Events come and go while the job stands still. */
    private static void ageOutBehindItsBack(Stage stage) {
        stage.job().freeze();
        stage.send();
        new TopicFaults(stage.bench()).ageOut();
        stage.job().thaw();
    }

    private static void assertGap(Stage stage, long from, long until) throws IOException {
        List<LedgerRecord> records = stage.ledger();
        List<OffsetGap> gaps =
                records.stream().flatMap(record -> record.gaps().stream()).toList();
        for (int partition = 0; partition < 3; partition++) {
            assertThat(gaps).contains(new OffsetGap(partition, from, until, "aged out before it was read"));
        }
    }

    private static long rows(Stage stage) throws IOException {
        long[] rows = {0};
        for (Path file : ParquetRows.files(stage.bench().tree().run(Bench.RUN))) {
            ParquetRows.read(file, row -> rows[0]++);
        }
        return rows[0];
    }

    @Test
    @Order(6)
    void stopsWhenTheTopicIsAnotherOne() throws IOException {
        try (Stage stage = stage("deleted")) {
            stage.startJob();
            stage.publish();

            new TopicFaults(stage.bench()).delete();

            String waits = stage.said("Waiting for topic");
            assertThat(waits).startsWith("Waiting for topic events in Kafka at localhost:9094");
            stage.bench().createTopic();
            stage.stopsWith(1);
            String another = stage.said("This run belongs");
            assertThat(another).isEqualTo(ANOTHER_TOPIC + "topic id" + NEW_RUN);
            stage.job().start();
            stage.stopsWith(1);
            assertThat(stage.said("This run belongs")).isEqualTo(another);
            assertThat(rows(stage)).isEqualTo(Stage.EVENTS);
            TABLE.row(
                    "the topic deleted and created again, while the job runs or is stopped",
                    "it waits for the topic, and stops when it is another one (exit 1); what is published stays",
                    waits,
                    another);
        }
        try (Stage stage = new Stage(bench.beside(
                "scenario-deleted",
                Map.of(Settings.OUTPUT_DIR, folder.resolve("deleted/new").toString())))) {
            stage.startJob();
            stage.publish();
            stage.isRight();
        }
    }

    @Test
    @Order(7)
    void stopsWhenAnotherBrokerIsBehindTheSameAddress() throws IOException {
        try (Bench first = new Bench(folder.resolve("cluster"), quick());
                Bench other = first.behindTheSameAddress("other");
                Stage stage = new Stage(first)) {
            first.startBroker();
            stage.startJob();
            stage.publish();

            first.broker().kill();
            other.startBroker();

            stage.stopsWith(1);
            String another = stage.said("This run belongs");
            assertThat(another).isEqualTo(ANOTHER_TOPIC + "cluster" + NEW_RUN);
            stage.job().start();
            stage.stopsWith(1);
            assertThat(stage.said("This run belongs")).isEqualTo(another);
            assertThat(rows(stage)).isEqualTo(Stage.EVENTS);
            TABLE.row(
                    "another broker behind the same address, while the job runs or is stopped",
                    "it stops (exit 1); what is published stays",
                    another);
        }
    }

    @Test
    @Order(8)
    void needsNoCheckpoint() throws IOException {
        try (Stage stage = stage("checkpoint")) {
            Path checkpoints = stage.bench().tree().checkpoints(Bench.RUN);
            Path old = folder.resolve("old-checkpoint");
            stage.startJob();
            stage.publish();
            stage.job().kill();
            Trees.copy(checkpoints, old);
            stage.startJob();
            stage.publish();
            stage.job().kill();

            Trees.delete(checkpoints);
            goesOn(stage);
            TABLE.row("the checkpoints deleted", "the next start goes on from the ledger");

            Trees.replace(checkpoints, old);
            goesOn(stage);
            TABLE.row("the checkpoints replaced by an old copy", "the next start goes on from the ledger");

            Trees.overwriteEachFile(checkpoints, new byte[0]);
            stage.startJob();
            String aside = stage.said("aside as");
            assertThat(aside)
                    .isEqualTo(
                            "Set the checkpoint of the averages aside as OUTPUT_DIR/parquet/run_1/_chk/averages.unusable:"
                                    + " they begin anew where the ledger ends");
            stage.publish();
            stage.said("10-s averages");
            stage.job().kill();
            stage.isRight();
            TABLE.row(
                    "each file of the checkpoints emptied",
                    "the next start goes on from the ledger, the averages begin anew",
                    aside);

            Trees.overwriteEachFile(checkpoints, "v1\ngarbage".getBytes(UTF_8));
            stage.startJob();
            assertThat(stage.said("aside as")).isEqualTo(aside);
            stage.publish();
            stage.said("10-s averages");
            stage.isRight();
            TABLE.row("garbage in the checkpoints", "as above");
        }
    }

    private static void goesOn(Stage stage) throws IOException {
        stage.startJob();
        stage.publish();
        stage.saidNoStackTrace(stage.job());
        stage.job().kill();
        stage.isRight();
    }

    @Test
    @Order(9)
    void stopsWhenTheLedgerIsDamaged() throws IOException {
        try (Stage stage = stageAtRest("ledger")) {
            Path ledger = stage.bench().tree().ledger(Bench.RUN);
            Path good = folder.resolve("good-ledger");
            Trees.copy(ledger, good);

            Trees.delete(ledger);
            stage.job().start();
            stage.stopsWith(1);
            String deleted = stage.said("belongs to batch");
            assertThat(deleted)
                    .matches(
                            "OUTPUT_DIR/parquet/run_1/id=\\d/part-0+-\\d\\.parquet belongs to batch 0, but the ledger in"
                                    + " OUTPUT_DIR/parquet/run_1/_ledger ends before the first batch."
                                    + " Put the missing ledger records back, or set RUN_ID to another name\\.");
            TABLE.row("the ledger deleted", "the job does not start (exit 1)", deleted);

            Trees.replace(ledger, good);
            List<Path> records = Trees.files(ledger);
            Trees.truncate(records.get(records.size() - 1));
            stage.job().start();
            stage.stopsWith(1);
            String truncated = stage.said("The newest ledger record");
            assertThat(truncated)
                    .matches(
                            "The newest ledger record is damaged: OUTPUT_DIR/parquet/run_1/_ledger/\\d+\\.json \\(.*\\)\\."
                                    + " Put back a good copy of it; or set RUN_ID to another name, for a new run from what Kafka has\\.");
            TABLE.row("the newest ledger record cut off", "the job does not start (exit 1)", truncated);

            Trees.replace(ledger, good);
            Path torn = stage.bench()
                    .tree()
                    .staging(Bench.RUN)
                    .resolve(OutputTree.recordName(stage.bench().batches()));
            Files.writeString(torn, "{\"version\":1,\"se");
            stage.startJob();
            String dropped = stage.said("Dropping the damaged");
            assertThat(dropped).startsWith("Dropping the damaged OUTPUT_DIR/staging/run_1/");
            stage.publish();
            stage.isRight();
            TABLE.row("the prepared record torn", "its batch is taken from Kafka again", dropped);
        }
    }

    @Test
    @Order(10)
    void ignoresZombiesAndDamagedFiles() throws IOException {
        try (Stage stage = stageAtRest("files")) {
            List<Path> published = ParquetRows.files(stage.bench().tree().run(Bench.RUN));
            Path attempt = stage.bench()
                    .tree()
                    .staging(Bench.RUN)
                    .resolve(OutputTree.padded(stage.bench().batches()) + "-dead/events/id=0");
            Files.createDirectories(attempt);
            stage.startJob();

            Files.createDirectories(attempt);
            Files.copy(published.get(0), attempt.resolve(published.get(0).getFileName()));
            stage.publish();

            stage.isRight();
            TABLE.row(
                    "a task that outlived its driver writes into the staging folder of the dead attempt",
                    "nothing: no other attempt uses that folder, and the next start removes it");

            Trees.truncate(published.get(0));
            Files.delete(published.get(1));
            stage.publish();
            stage.saidNoStackTrace(stage.job());
            stage.bench().validator().start();
            String unreadable = stage.complaint("readable-files");
            assertThat(unreadable)
                    .startsWith("FAILED readable-files: Can't be read: ")
                    .contains(
                            published.get(0).getFileName() + " (",
                            published.get(1).getFileName() + " (it is not there)");
            String otherFiles = stage.complaint("ledger-files");
            assertThat(otherFiles)
                    .startsWith("FAILED ledger-files: Missing (1): ")
                    .contains("Of other size (1): ");
            TABLE.row(
                    "a Parquet file truncated, another one deleted, by hand",
                    "the job goes on; `/validation` is FAILED and names both",
                    unreadable,
                    otherFiles);
        }
    }

    @Test
    @Order(11)
    void finishesItsBatchAtSigterm() throws IOException {
        try (Stage stage = stage("sigterm")) {
            stage.send();
            for (int millis : List.of(0, 150, 400, 1_000, 2_500)) {
                stage.startJob();
                await().pollDelay(millis, TimeUnit.MILLISECONDS).until(() -> true);
                stage.endsAtSigterm();
                assertThat(stage.lines(stage.job())).noneMatch(line -> line.contains("interrupted"));
            }
            stage.startJob();
            stage.caughtUp();
            long before = stage.bench().batches();
            stage.send();
            await("a batch begins")
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> stage.staged() > 0);
            stage.endsAtSigterm();
            assertThat(stage.staged()).isZero();
            assertThat(stage.bench().batches()).isGreaterThan(before);
            String batch =
                    stage.said("Batch").replaceAll("Batch \\d+", "Batch …").replaceAll("[0-9.]+ s", "… s");
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            TABLE.row(
                    "SIGTERM of the job, right after its start or during a batch",
                    "the batch in hand is published, then it ends (exit 143)",
                    batch);
        }
    }

    @Test
    @Order(12)
    void waitsForWhatStandsStillOrIsAway() {
        timeFaults.join();
    }

    private static void freezeAndCutOff() {
        try (Bench own = new Bench(folder.resolve("time"), quick());
                Stage stage = new Stage(own)) {
            own.startBroker();
            stage.startJob();
            stage.publish();

            stage.job().freeze();
            stage.send();
            pass(LONG);
            stage.job().thaw();
            stage.caughtUp();
            TABLE.row("the job stands still for 30 s (SIGSTOP, SIGCONT)", "it goes on by itself");

            own.broker().freeze();
            pass(LONG);
            String frozen = stage.said("Waiting for Kafka");
            own.broker().thaw();
            stage.publish();
            TABLE.row("the broker stands still for 30 s", "the job waits, and goes on by itself", frozen);

            long lines = stage.timesSaid("Waiting for");
            own.broker().kill();
            pass(2 * LONG);
            long said = stage.timesSaid("Waiting for") - lines;
            own.broker().start();
            stage.bench().createTopic();
            stage.publish();
            assertThat(said).as("lines in 60 s").isBetween(3L, 7L);
            String goesOn = stage.said("Publishing goes on");
            stage.saidNoStackTrace(stage.job());
            stage.isRight();
            TABLE.row(
                    "the broker is down for 60 s",
                    "the job waits, a line each ten seconds, and goes on by itself",
                    frozen,
                    goesOn);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Time is the fault here. */
    private static void pass(int seconds) {
        await().pollDelay(seconds, TimeUnit.SECONDS)
                .atMost(seconds + 5L, TimeUnit.SECONDS)
                .until(() -> true);
    }
}

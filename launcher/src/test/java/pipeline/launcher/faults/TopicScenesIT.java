package pipeline.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetGap;
import pipeline.events.settings.Settings;

/** Another topic than the one the run was written from: grown, aged out, made again, on another broker. */
@Tag("faults")
class TopicScenesIT extends Scenes {
    @Test
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
    void stopsWhenEventsAgedOutUnlessItIsToRecordTheGap() throws IOException {
        String gone = "partition 0 offsets 100 to 199, partition 1 offsets 100 to 199, partition 2 offsets 100 to 199";
        try (Stage stage = stage("aged-out")) {
            stage.startJob();
            stage.publish();

            ageOutBehindItsBack(stage);

            String stopped = stopsNowAndAtAStart(stage, "Kafka no longer has");
            assertThat(stopped)
                    .isEqualTo("Kafka no longer has offsets of topic events that were not read yet: " + gone
                            + ". Set ON_DATA_LOSS=record to go on without them; the ledger then keeps the gap.");
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

    @Test
    void stopsWhenTheTopicIsAnotherOne() throws IOException {
        try (Stage stage = stage("deleted")) {
            stage.startJob();
            stage.publish();

            new TopicFaults(stage.bench()).delete();

            String waits = stage.said("Waiting for topic");
            assertThat(waits).startsWith("Waiting for topic events in Kafka at localhost:9094");
            stage.bench().createTopic();
            String another = stops(stage, "topic id");
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
    void stopsWhenAnotherBrokerIsBehindTheSameAddress() throws IOException {
        try (Bench first = new Bench(folder.resolve("cluster"), Map.of());
                Bench other = first.behindTheSameAddress("other");
                Stage stage = new Stage(first)) {
            first.startBroker();
            stage.startJob();
            stage.publish();

            first.broker().kill();
            other.startBroker();

            String another = stops(stage, "cluster");
            TABLE.row(
                    "another broker behind the same address, while the job runs or is stopped",
                    "it stops (exit 1); what is published stays",
                    another);
        }
    }

    /** The job stops, leaving what it had published, since the topic is another one; returns what it says. */
    private static String stops(Stage stage, String whatDiffers) throws IOException {
        String another = stopsNowAndAtAStart(stage, "This run belongs");
        assertThat(another)
                .isEqualTo("This run belongs to another topic than events is now: " + whatDiffers
                        + " was … and is …. Set RUN_ID or OUTPUT_DIR, for a new run.");
        assertThat(rows(stage)).isEqualTo(Stage.EVENTS);
        return another;
    }

    /** Returns what the job says each time. */
    private static String stopsNowAndAtAStart(Stage stage, String part) {
        stage.stopsWith(1);
        String said = stage.said(part);
        stage.job().start();
        stage.stopsWith(1);
        assertThat(stage.said(part)).isEqualTo(said);
        return said;
    }

    private static long rows(Stage stage) throws IOException {
        long[] rows = {0};
        for (Path file : ParquetRows.files(stage.bench().tree().run(Bench.RUN))) {
            ParquetRows.read(file, row -> rows[0]++);
        }
        return rows[0];
    }
}

package pipeline.endtoend.faults.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TopicSettings;
import pipeline.events.SampleEvents;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.output.LedgerRecord;
import pipeline.events.settings.Settings;

/**
 * The topic is not as the run left it: it has more partitions or large messages, events aged out, it was created again, or it is
 * on another broker. Or another program uses the run's consumer group.
 */
@Tag("faults")
class TopicScenariosIT extends Scenarios {
    @Test
    void takesPartitionsThatWereAdded() throws IOException {
        try (Scenario scenario = scenario("grown")) {
            scenario.startJob();
            scenario.publish();

            new TopicChanges(scenario.system()).growTo(5);

            scenario.publish();
            scenario.isRight();
            Fault.PARTITIONS_ADDED.isSeenAs(scenario.said("Batch 0: 300 events").replaceAll("[0-9.]+ s", "… s"));

            scenario.endsAtSigterm();
            new TopicChanges(scenario.system()).growTo(6);
            scenario.send();
            scenario.startJob();
            scenario.caughtUp();
            scenario.isRight();
            scenario.job().kill();
            Fault.PARTITIONS_ADDED_WHILE_STOPPED.isSeenAs();
        }
    }

    @Test
    void publishesThoughAnotherProgramUsesItsConsumerGroup() throws IOException {
        try (Scenario scenario = scenario("group");
                KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                scenario.system().bootstrapServers(),
                                "group.id",
                                "pipeline-" + SystemUnderTest.RUN),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            other.subscribe(List.of(scenario.system().topicName()));
            await("the other program is in the group")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        other.poll(Duration.ofMillis(100));
                        return !other.assignment().isEmpty();
                    });
            scenario.startJob();

            for (int batch = 0; batch < 5; batch++) {
                scenario.publish();
            }

            String said = scenario.said("Publishing continues, but");
            assertThat(scenario.timesSaid("Publishing continues, but")).isEqualTo(1);
            scenario.isRight();
            Fault.GROUP_IN_USE.isSeenAs(said);
        }
    }

    @Test
    void publishesLargeMessages() throws IOException {
        String large = "x".repeat(10_000_000);
        List<String> values = new ArrayList<>(Collections.nCopies(50, large));
        values.addAll(Collections.nCopies(50, SampleEvents.jsonWith("id", "1,\"note\":\"" + large + "\"")));
        try (Scenario scenario = scenario("large")) {
            TopicSettings.change(scenario.system(), Map.of("max.message.bytes", "11000000"));
            EventSender.sendValues(
                    scenario.system().bootstrapServers(), scenario.system().topicName(), values);

            scenario.startJob();

            scenario.caughtUp();
            scenario.system().validator().start();
            assertThat(scenario.deep("exactly-once")).isEqualTo("OK");
            Fault.LARGE_MESSAGES.isSeenAs(scenario.complaint("rejected").replaceAll("x{9,}", "xxx"));
        }
    }

    @Test
    void stopsWhenEventsAgedOutUnlessItIsToRecordTheGap() throws IOException {
        String gone = "partition 0 offsets 100 to 199, partition 1 offsets 100 to 199, partition 2 offsets 100 to 199";
        try (Scenario scenario = scenario("aged-out")) {
            scenario.startJob();
            scenario.publish();

            ageOutWhilePaused(scenario);

            String stopped = stopsNowAndAtAStart(scenario, "Kafka no longer has");
            assertThat(stopped)
                    .isEqualTo("Kafka no longer has offsets of topic events that were not read yet: " + gone
                            + ". Set ON_DATA_LOSS=record to continue without them; the ledger then records the gap.");
            Fault.AGED_OUT.isSeenAs(stopped);
        }
        try (Scenario scenario =
                new Scenario(system.beside("scenario-aged-out", Map.of(Settings.ON_DATA_LOSS.name(), "record")))) {
            scenario.startJob();
            String continues = scenario.said("Continuing without");
            assertThat(continues)
                    .isEqualTo(
                            "Continuing without " + gone + ", which Kafka no longer has; the ledger records the gap");
            scenario.publish();
            assertGap(scenario, 100, 200);

            ageOutWhilePaused(scenario);
            scenario.said("partition 0 offsets 300 to 399");
            scenario.publish();

            assertGap(scenario, 300, 400);
            assertThat(rows(scenario)).isEqualTo(3L * Scenario.EVENTS);
            scenario.system().validator().start();
            String warned = scenario.complaint("offsets");
            assertThat(warned)
                    .startsWith("WARN offsets: Kafka no longer had (6): ")
                    .contains("aged out before it was read");
            Fault.AGED_OUT_AND_RECORDED.isSeenAs(continues, warned);
        }
    }

    /** Events arrive and are deleted while the job is paused. */
    private static void ageOutWhilePaused(Scenario scenario) {
        scenario.job().freeze();
        scenario.send();
        new TopicChanges(scenario.system()).ageOut();
        scenario.job().thaw();
    }

    private static void assertGap(Scenario scenario, long from, long until) throws IOException {
        List<LedgerRecord> records = scenario.ledger();
        List<OffsetGap> gaps =
                records.stream().flatMap(record -> record.gaps().stream()).toList();
        for (int partition = 0; partition < 3; partition++) {
            assertThat(gaps).contains(new OffsetGap(partition, from, until, "aged out before it was read"));
        }
    }

    @Test
    void stopsWhenTheTopicIsAnotherOne() throws IOException {
        try (Scenario scenario = scenario("deleted")) {
            scenario.startJob();
            scenario.publish();

            new TopicChanges(scenario.system()).delete();

            String waits = scenario.said("Waiting to read topic events");
            assertThat(waits).startsWith("Waiting to read topic events: Kafka at localhost:9094 has no topic events");
            scenario.system().createTopic();
            String another = stops(scenario, "topic id");
            Fault.TOPIC_CREATED_AGAIN.isSeenAs(waits, another);
        }
        try (Scenario scenario = new Scenario(system.beside(
                "scenario-deleted",
                Map.of(Settings.OUTPUT_DIR.name(), folder.resolve("deleted/new").toString())))) {
            scenario.startJob();
            scenario.publish();
            scenario.isRight();
        }
    }

    @Test
    void stopsWhenAnotherBrokerHasTheSameAddress() throws IOException {
        try (SystemUnderTest first = new SystemUnderTest(folder.resolve("cluster"), Map.of());
                SystemUnderTest other = first.atTheSameAddress("other");
                Scenario scenario = new Scenario(first)) {
            first.startBroker();
            scenario.startJob();
            scenario.publish();

            first.broker().kill();
            other.startBroker();

            String another = stops(scenario, "cluster");
            Fault.OTHER_BROKER.isSeenAs(another);
        }
    }

    /** The job stops because the topic is another one, and keeps what it has published. Returns its message. */
    private static String stops(Scenario scenario, String whatDiffers) throws IOException {
        String another = stopsNowAndAtAStart(scenario, "This run belongs");
        assertThat(another)
                .isEqualTo("This run belongs to another topic than events is now: " + whatDiffers
                        + " was … and is …. Set RUN_ID or OUTPUT_DIR to start a new run.");
        assertThat(rows(scenario)).isEqualTo(Scenario.EVENTS);
        return another;
    }

    /** Returns what the job logs each time. */
    private static String stopsNowAndAtAStart(Scenario scenario, String part) {
        scenario.stopsWith(1);
        String said = scenario.said(part);
        scenario.job().start();
        scenario.stopsWith(1);
        assertThat(scenario.said(part)).isEqualTo(said);
        return said;
    }

    private static long rows(Scenario scenario) throws IOException {
        long[] rows = {0};
        for (Path file : ParquetRows.files(scenario.system().tree().run(SystemUnderTest.RUN))) {
            ParquetRows.read(file, row -> rows[0]++);
        }
        return rows[0];
    }
}

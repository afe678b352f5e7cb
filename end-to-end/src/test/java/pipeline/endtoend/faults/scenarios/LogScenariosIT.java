package pipeline.endtoend.faults.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.faults.KafkaEvents;
import pipeline.endtoend.faults.PublishedOutput;
import pipeline.endtoend.system.BrokerFolder;
import pipeline.endtoend.system.ConsumerGroups;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.RawRecords;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TransactionalSender;
import pipeline.events.EventJson;
import pipeline.events.SampleEvents;
import pipeline.events.Timestamps;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.output.LedgerRecord;
import pipeline.events.settings.Settings;

/** The log of the topic is not the plain one of our own producer: it was cut, has transactions, was compacted, or has odd times. */
@Tag("faults")
class LogScenariosIT extends Scenarios {
    @Test
    void stopsWhenKafkaWasRestoredFromAnOlderCopy() throws IOException {
        try (SystemUnderTest own = new SystemUnderTest(folder.resolve("restored"), Map.of());
                Scenario scenario = new Scenario(own)) {
            BrokerFolder kafka = BrokerFolder.of(own);
            Path copy = folder.resolve("restored/copy");
            Path newest = folder.resolve("restored/newest");
            own.startBroker();
            EventSender.send(own.bootstrapServers(), own.topicName(), 2_000);
            own.broker().terminate();
            kafka.copyTo(copy);
            own.startBroker();
            EventSender.send(own.bootstrapServers(), own.topicName(), 1_000);
            scenario.startJob();
            scenario.caughtUp();
            scenario.job().kill();
            own.broker().terminate();
            kafka.copyTo(newest);

            kafka.restore(copy);
            own.startBroker();
            EventSender.send(own.bootstrapServers(), own.topicName(), 3_000);

            scenario.job().start();
            scenario.stopsWith(1);
            String lost = scenario.said("Kafka lost events");
            assertThat(lost)
                    .matches(
                            "Kafka lost events that this run has: partition 0 had a record of … at offset \\d+, but has"
                                    + " another one of … there now; partition 1 .*; partition 2 .*"
                                    + "\\. Set RUN_ID to another name to read what Kafka has now; this run keeps what Kafka lost\\.");
            scenario.job().start();
            scenario.stopsWith(1);
            assertThat(scenario.said("Kafka lost events")).isEqualTo(lost);
            own.validator().start();
            String verdict = scenario.complaint("offsets");
            assertThat(verdict).startsWith("FAILED offsets: ").contains("Kafka lost events that this run has");

            own.broker().terminate();
            kafka.restore(newest);
            own.startBroker();
            scenario.startJob();
            scenario.publish();
            assertThat(own.tree().stopped(SystemUnderTest.RUN)).doesNotExist();
            assertThat(scenario.status("offsets")).isEqualTo("OK");
            scenario.isRight();
            Fault.KAFKA_RESTORED.isSeenAs(lost, verdict.replaceFirst("(events that this run has: ).*", "$1…"));
        }
    }

    @Test
    void readsWhatWasCommittedInTransactions() throws IOException {
        try (Scenario scenario = scenario("transactional")) {
            SystemUnderTest system = scenario.system();
            scenario.startJob();
            try (TransactionalSender sender = sender(system, "one");
                    TransactionalSender other = sender(system, "other")) {
                for (int i = 0; i < 15; i++) {
                    sender.commit(30, "committed");
                    if (i % 3 == 0) {
                        sender.abort(30, "aborted");
                    }
                }
                other.open(30, "open");
                sender.commit(30, "committed");
                scenario.caughtUp();
                assertThat(rows(scenario)).isEqualTo(15 * 30);

                system.validator().start();
                await("the validator sees the open transaction")
                        .atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(scenario.observed("lag"))
                                .matches("0 events, and \\d+ offsets behind an open transaction"));

                other.commitOpen();
                scenario.caughtUp();
                assertThat(rows(scenario)).isEqualTo(17 * 30);

                other.open(30, "aborted");
                sender.commit(30, "committed");
                scenario.caughtUp();
                assertThat(rows(scenario)).isEqualTo(17 * 30);

                other.abortOpen();
                scenario.caughtUp();
            }
            assertThat(rows(scenario)).isEqualTo(18 * 30);
            assertThat(new PublishedOutput(system).rows())
                    .extracting(row -> row.event().source())
                    .containsOnly("committed", "open");
            scenario.isRight();
            assertThat(scenario.deep("exactly-once")).isEqualTo("OK");
            assertThat(scenario.observed("lag")).isEqualTo("0 events");
            await("Kafka's own tool shows no lag")
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(lags(system)).containsExactly("0", "0", "0"));
            String batch = scenario.said("offsets without a record");
            Fault.TRANSACTIONS.isSeenAs(batch.replaceAll("[0-9]+([.][0-9]+)?", "…"));
            scenario.job().kill();
        }
    }

    /** Returns the column LAG of kafka-consumer-groups. */
    private static List<String> lags(SystemUnderTest system) throws IOException {
        return new ConsumerGroups(system.bootstrapServers(), system.root())
                .describe("pipeline-" + SystemUnderTest.RUN)
                .lines()
                .filter(line -> line.contains(" " + system.topicName() + " "))
                .map(line -> line.split(" +")[5])
                .toList();
    }

    private static TransactionalSender sender(SystemUnderTest system, String id) {
        return new TransactionalSender(system.bootstrapServers(), system.topicName(), system.topicName() + "-" + id, 3);
    }

    @Test
    void readsACompactedTopicFromItsBeginning() throws IOException, InterruptedException {
        try (Scenario scenario = new Scenario(system.beside("scenario-compacted", Map.of()))) {
            SystemUnderTest system = scenario.system();
            new TopicChanges(system)
                    .create(Map.of(
                            "cleanup.policy", "compact",
                            "segment.ms", "500",
                            "min.cleanable.dirty.ratio", "0.001",
                            "delete.retention.ms", "0"));
            for (int round = 0; round < 3; round++) {
                EventSender.sendKeyed(system.bootstrapServers(), system.topicName(), 1_000, 50);
                Thread.sleep(600); // more than segment.ms: the next round begins a new segment
            }
            EventSender.sendKeyed(system.bootstrapServers(), system.topicName(), 50, 50);
            await("Kafka has compacted the topic")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> KafkaEvents.read(system.kafka()).size() < 2_000);

            scenario.startJob();
            scenario.caughtUp();

            PublishedOutput check = new PublishedOutput(scenario.system());
            assertThat(check.absent()).isPositive();
            check.assertEveryRecordOfKafkaIsThere();
            check.assertLedgerAccountsForEveryOffset();
            scenario.system().validator().start();
            assertThat(scenario.deep("exactly-once")).isEqualTo("OK");
            Fault.COMPACTED.isSeenAs();
            scenario.job().kill();
        }
    }

    @Test
    void rejectsARecordWhoseTimeSparkCannotRead() throws IOException {
        try (Scenario scenario = new Scenario(system.beside("scenario-odd-time", Map.of()))) {
            SystemUnderTest system = scenario.system();
            new TopicChanges(system)
                    .create(Map.of(
                            "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
                            "message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE)));
            byte[] valid = EventJson.encode(SampleEvents.anyEvent());
            scenario.startJob();
            scenario.publish();
            List<Long> offsets = new ArrayList<>();
            try (RawRecords raw = new RawRecords(system.bootstrapServers())) {
                for (long time : List.of(-(1L << 62), 1L << 62, Long.MIN_VALUE, Long.MAX_VALUE)) {
                    offsets.add(raw.send(
                            system.topicName(),
                            1,
                            CompressionType.NONE,
                            List.of(new RawRecords.Sent(time, null, valid, List.of()))));
                }
            }
            scenario.publish();

            List<String> rejected = new ArrayList<>();
            for (Path file : FileTrees.files(system.tree().rejected(SystemUnderTest.RUN))) {
                rejected.addAll(Files.readAllLines(file));
            }
            assertThat(rejected).hasSize(4);
            assertThat(rejected.get(0))
                    .isEqualTo("{\"partition\":1,\"offset\":" + offsets.get(0)
                            + ",\"timestampMillis\":-4611686018427387904,\"reason\":\"the time of the Kafka record is out of"
                            + " range\",\"payload\":" + quoted(valid) + "}");
            scenario.isRight();
            averagesContinue(scenario);
            scenario.saidNoStackTrace(scenario.job());
            Fault.ODD_TIME.isSeenAs();
            scenario.job().kill();
        }
    }

    /**
     * Sends events with the same time until the averages have a line for its window, which has no earlier event. One event is
     * not enough: averages that start over begin at the end of the ledger, which may be after that event.
     */
    private static void averagesContinue(Scenario scenario) {
        Instant later = Instant.now();
        await("the averages of " + window(later))
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    EventSender.sendValues(
                            scenario.system().bootstrapServers(),
                            scenario.system().topicName(),
                            List.of(SampleEvents.jsonWith("ts", '"' + Timestamps.format(later) + '"')));
                    return scenario.timesSaid(window(later)) > 0;
                });
    }

    /** Returns the beginning of the averages' line for the window of this time. */
    private static String window(Instant time) {
        long seconds = time.getEpochSecond();
        return Instant.ofEpochSecond(seconds - seconds % 10)
                .toString()
                .replace('T', ' ')
                .replace("Z", "  ");
    }

    private static String quoted(byte[] json) {
        return '"' + new String(json, UTF_8).replace("\"", "\\\"") + '"';
    }

    @Test
    void showsThatNoJobHasEverRun() throws IOException {
        try (Scenario scenario =
                new Scenario(system.beside("scenario-never-run", Map.of("VALIDATOR_CHECKS_STALLED_FAIL", "12s")))) {
            scenario.system().createTopic();
            scenario.send();
            scenario.system().validator().start();

            assertThat(scenario.complaint("lag")).startsWith("NO_DATA");
            String lag = scenario.failure("lag");
            assertThat(scenario.failure("freshness")).contains("nothing was ever committed");
            assertThat(lag).contains("nothing was ever committed").contains("Start the job.");
            assertThat(scenario.overall()).isEqualTo("FAILED");
            Fault.NEVER_RUN.isSeenAs(lag);
        }
    }

    @Test
    void recordsAGapWithoutANewEvent() throws IOException {
        try (Scenario scenario =
                new Scenario(system.beside("scenario-idle-gap", Map.of(Settings.ON_DATA_LOSS.name(), "record")))) {
            scenario.system().createTopic();
            scenario.startJob();
            scenario.publish();
            scenario.job().kill();
            scenario.send();
            new TopicChanges(scenario.system()).ageOut();

            scenario.startJob();

            await("the gap is in the ledger").atMost(Duration.ofMinutes(1)).until(() -> !gaps(scenario.ledger())
                    .isEmpty());
            assertThat(gaps(scenario.ledger()))
                    .containsExactly(
                            new OffsetGap(0, 100, 200, "aged out before it was read"),
                            new OffsetGap(1, 100, 200, "aged out before it was read"),
                            new OffsetGap(2, 100, 200, "aged out before it was read"));
            scenario.system().validator().start();
            assertThat(scenario.complaint("offsets")).startsWith("WARN");
            assertThat(scenario.status("lag")).isEqualTo("OK");
            assertThat(scenario.overall()).isEqualTo("WARN");
            scenario.job().kill();
        }
    }

    private static List<OffsetGap> gaps(List<LedgerRecord> records) {
        return records.stream().flatMap(record -> record.gaps().stream()).toList();
    }

    @Test
    void namesAHiddenParquetFile() throws IOException {
        try (Scenario scenario = scenarioAtRest("hidden")) {
            Path run = scenario.system().tree().run(SystemUnderTest.RUN);
            Files.write(
                    run.resolve("id=0/._part-0000000000-0.parquet"),
                    Base64.getDecoder().decode("AAUWBw=="));
            scenario.system().validator().start();

            String stray = scenario.complaint("ledger-files");
            assertThat(stray).startsWith("FAILED").contains("id=0/._part-0000000000-0.parquet");
            Fault.HIDDEN_FILE.isSeenAs(stray);
        }
    }

    private static long rows(Scenario scenario) throws IOException {
        return new PublishedOutput(scenario.system()).rows().size();
    }
}

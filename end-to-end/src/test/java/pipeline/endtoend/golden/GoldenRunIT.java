package pipeline.endtoend.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.machine.WallClock;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.GoldenMessages;

/**
 * {@link GoldenMessages} give exactly the run that was recorded: files, rejected events, ledger, and answers of the validator.
 * After an intended change, or with other versions of Spark and Parquet, record it again: copy the file that the failure names.
 */
@Tag("slow")
class GoldenRunIT {
    private static final String RECORDED = "golden-run.txt";
    private static final Path ACTUAL = Path.of("target", RECORDED).toAbsolutePath();
    private static final Path RESOURCES = Path.of("src/test/resources/pipeline/endtoend/golden");

    private static final int PARTITIONS = 3;
    private static final byte[] KEY = "1".getBytes(UTF_8);
    private static final Instant SENT = Instant.parse("2026-11-22T13:00:00Z");

    /** When the components start. Some events are from the hours before, so that /windows has an answer. */
    private static final Instant START = SENT.plus(Duration.ofMinutes(5));

    @Test
    void givesTheRecordedRun(@TempDir Path folder) throws IOException {
        WallClock clock = WallClock.inFolder(folder.resolve("clock"));
        clock.set(Duration.between(Instant.now(), START));
        Map<String, String> settings = new HashMap<>(clock.environment());
        // The answers say how many files were read for them.
        settings.put("VALIDATOR_BACKGROUND_WORK", "false");
        try (SystemUnderTest system = new SystemUnderTest(folder, settings)) {
            system.startBroker();
            // Before the job starts, so that all of them are in its first batch.
            EventSender.sendRecords(system.bootstrapServers(), records(system.topicName()));
            system.job().start();
            system.awaitCaughtUp(Duration.ofMinutes(2));
            system.validator().start();
            await("the validator").atMost(Duration.ofMinutes(1)).until(() -> system.get("/q/health/ready")
                    .isPresent());

            String actual = new RunAsText(system).text();

            Files.writeString(ACTUAL, actual);
            assertIsSame(recorded(), actual);
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> records(String topic) {
        List<byte[]> values = GoldenMessages.values();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            records.add(new ProducerRecord<>(topic, i % PARTITIONS, SENT.toEpochMilli(), KEY, values.get(i)));
        }
        return records;
    }

    private static String recorded() throws IOException {
        try (InputStream file = GoldenRunIT.class.getResourceAsStream(RECORDED)) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    private static void assertIsSame(String recorded, String actual) {
        List<String> before = List.of(recorded.split("\n", -1));
        List<String> now = List.of(actual.split("\n", -1));
        int line = 0;
        while (line < before.size() && line < now.size() && before.get(line).equals(now.get(line))) {
            line++;
        }
        assertThat(line(now, line))
                .as(
                        "line %s of %s; all lines are in %s, to be copied to %s if they are right",
                        line + 1, RECORDED, ACTUAL, RESOURCES.toAbsolutePath())
                .isEqualTo(line(before, line));
    }

    private static String line(List<String> lines, int number) {
        return number < lines.size() ? lines.get(number) : "(end)";
    }
}

package pipeline.endtoend.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.settings.Settings;

/** The topic has messages of another format: all of them are rejected, and there are more than the validator's memory holds. */
@Tag("long")
class RejectedIT {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final String REASON = "Most of the newest ones: not JSON: Unrecognized token 'yyy";

    @Test
    void validatorNeedsNoMoreMemoryForMoreRejectedEvents(@TempDir Path folder) throws IOException {
        try (SystemUnderTest system = new SystemUnderTest(folder, Map.of());
                SystemUnderTest withLittleMemory = system.beside(
                        "little-memory",
                        Map.of(
                                Settings.KAFKA_TOPIC.name(),
                                system.topicName(),
                                Settings.OUTPUT_DIR.name(),
                                system.tree().root().toString(),
                                "_JAVA_OPTIONS",
                                "-Xmx300m"))) {
            system.startBroker();
            send(system, 1_500_000, "x".repeat(50));
            send(system, 20_000, "y".repeat(100_000));
            system.job().start();
            system.awaitCaughtUp(Duration.ofMinutes(15));

            withLittleMemory.validator().start();
            await("the validator")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> withLittleMemory.get("/q/health/ready").isPresent());

            for (String path : List.of("/validation", "/windows?last=6h", "/batches?last=1000", "/rows?last=1000")) {
                assertThat(withLittleMemory.get(path)).as(path).isPresent();
            }
            long start = System.nanoTime();
            assertThat(withLittleMemory.get("/aggregates?head=1000").orElseThrow())
                    .contains("\"status\":\"FAILED\"")
                    .contains(REASON);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT);
            assertThat(withLittleMemory.get("/validation?deep=true").orElseThrow())
                    .contains("\"status\":\"FAILED\"")
                    .contains("Every offset is present exactly once.")
                    .contains(REASON);
            assertThat(withLittleMemory.validator().isAlive()).isTrue();
        }
    }

    private static void send(SystemUnderTest system, int number, String value) {
        EventSender.sendValues(system.bootstrapServers(), system.topicName(), Collections.nCopies(number, value));
    }
}

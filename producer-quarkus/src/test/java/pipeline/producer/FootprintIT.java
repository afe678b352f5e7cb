package pipeline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The start time and memory of the native binary. */
class FootprintIT {
    private static final Pattern STARTED = Pattern.compile("started in (\\d+\\.\\d+)s");
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    @Test
    void startsAtOnceAndStaysSmall() throws Exception {
        assumeThat(ProducerProcess.isNative())
                .as("applies only to the native binary")
                .isTrue();
        BrokerProcess broker = BrokerProcess.shared();
        broker.createTopic("footprint");
        try (ProducerProcess producer = ProducerProcess.start(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", broker.servers(), "KAFKA_TOPIC", "footprint", "MSGS_PER_SEC", "1000"))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> broker.read("footprint").size() > 10_000);

            assertThat(Double.parseDouble(first(STARTED, String.join("\n", producer.out()))))
                    .isLessThan(0.050);
            String status = Files.readString(Path.of("/proc", Long.toString(producer.pid()), "status"));
            assertThat(Long.parseLong(first(RSS, status))).isLessThan(96 * 1024);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return found.group(1);
    }
}

package pipeline.producer.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateReportTest {
    private static final long TEN_SECONDS = Duration.ofSeconds(10).toNanos();

    private final Deliveries deliveries = new Deliveries(new SimpleMeterRegistry());
    private final RateReport report = new RateReport(deliveries);
    private long now = System.nanoTime();

    @Test
    void saysNothingBeforeTheFirstEvent() {
        assertThat(nextLine()).isNull();
    }

    @Test
    void saysTheRateSinceTheLastLine() {
        nextLine();
        ack(50);
        nextLine();
        ack(25);

        assertThat(nextLine()).isEqualTo("Producing 2.5 events/s: sent=75, acked=75, failed=0, skipped=0, pending=0");
    }

    @Test
    void doesNotCountTheWaitForKafka() {
        nextLine();
        nextLine();
        ack(50);

        assertThat(nextLine()).startsWith("Producing 5.0 events/s: ");
    }

    @Test
    void saysWhyEventsFailed() {
        deliveries.sent();
        deliveries.failed("no room");

        assertThat(nextLine()).endsWith(", failed=1, skipped=0, pending=0; last failure: no room");
        assertThat(nextLine()).endsWith(", pending=0");
    }

    @Test
    void saysNothingAfterTheStop() {
        ack(50);
        report.stop();

        assertThat(nextLine()).isNull();
    }

    private String nextLine() {
        now += TEN_SECONDS;
        return report.line(now).orElse(null);
    }

    private void ack(int events) {
        for (int i = 0; i < events; i++) {
            deliveries.sent();
            deliveries.acked();
        }
    }
}

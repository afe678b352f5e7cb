package pipeline.producer.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.producer.observe.Deliveries.Totals;

@Timeout(10)
class DeliveriesTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Deliveries deliveries = new Deliveries(registry);

    @Test
    void countsForMetrics() {
        send(6);
        deliveries.acked();
        deliveries.acked();
        deliveries.failed("no");
        deliveries.skipped(9);

        assertThat(metric("sent")).isEqualTo(6);
        assertThat(metric("acked")).isEqualTo(2);
        assertThat(metric("failed")).isEqualTo(1);
        assertThat(metric("skipped")).isEqualTo(9);
        assertThat(deliveries.totals().pending()).isEqualTo(3);
    }

    @Test
    void isSettledBeforeTheFirstEvent() throws InterruptedException {
        assertThat(deliveries.awaitSettled(Duration.ZERO)).isTrue();
    }

    @Test
    void isNotSettledWhileAnEventIsPending() throws InterruptedException {
        send(1);

        assertThat(deliveries.awaitSettled(Duration.ofMillis(20))).isFalse();
    }

    @Test
    void isSettledWhenTheLastEventIsAckedOrFailed() {
        send(2);
        CompletableFuture<Boolean> settled = CompletableFuture.supplyAsync(() -> {
            try {
                return deliveries.awaitSettled(Duration.ofDays(365));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        deliveries.failed("no");
        assertThat(settled).isNotDone();
        deliveries.acked();

        await().until(settled::isDone);
        assertThat(settled).isCompletedWithValue(true);
    }

    @Test
    void countsAsFailedWhatIsPendingAtTheEnd() {
        send(5);
        deliveries.acked();

        assertThat(deliveries.close()).isEqualTo(new Totals(5, 1, 4, 0));
    }

    @Test
    void changesNothingAfterTheEnd() {
        send(2);
        deliveries.close();

        deliveries.acked();
        deliveries.failed("late");

        assertThat(deliveries.totals()).isEqualTo(new Totals(2, 0, 2, 0));
    }

    @Test
    void keepsTheReasonOfTheLastFailure() {
        send(2);

        deliveries.failed("first");
        deliveries.failed("second");

        assertThat(deliveries.lastFailure()).hasValue("second");
    }

    /** ./pipeline parses the counts. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa", "mr", "ne", "bn", "my"})
    void writesTheCountsWithTheSameDigitsInEveryLocale(String tag) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            assertThat(new Totals(1234, 5, 6, 0)).hasToString("sent=1234, acked=5, failed=6, skipped=0");
        } finally {
            Locale.setDefault(before);
        }
    }

    private void send(int events) {
        for (int i = 0; i < events; i++) {
            deliveries.sent();
        }
    }

    private double metric(String name) {
        return registry.get("producer.events." + name).functionCounter().count();
    }
}

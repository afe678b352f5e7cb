package pipeline.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchBoundsTest {
    private final BatchBounds bounds = new BatchBounds();

    @Test
    void startsWithASmallBatch() {
        assertThat(bounds.events()).isEqualTo(10_000);
        assertThat(bounds.earlyEvents()).isEqualTo(10_000);
    }

    @Test
    void readsUpTo512MiBOfLargeEvents() {
        for (int i = 0; i < 5; i++) {
            bounds.read(bounds.events(), 1 << 20, Duration.ofSeconds(1));
        }

        assertThat(bounds.events()).isEqualTo(512);
        assertThat(bounds.earlyEvents()).isEqualTo(512);
    }

    @Test
    void readsAtMostOneAndAHalfMillionSmallEvents() {
        for (int i = 0; i < 5; i++) {
            bounds.read(bounds.events(), 100, Duration.ofSeconds(1));
        }

        assertThat(bounds.events()).isEqualTo(1_500_000);
        assertThat(bounds.earlyEvents()).isEqualTo(500_000);
    }

    @Test
    void growsStepByStep() {
        bounds.read(10_000, 1000, Duration.ofSeconds(1));

        assertThat(bounds.events()).isEqualTo(16 * 10_000);
    }

    @Test
    void readsAsMuchAsItsConnectionDeliversInAMinute() {
        bounds.read(10_000, 1000, Duration.ofSeconds(20));

        assertThat(bounds.events()).isEqualTo(30_000);
    }

    @Test
    void learnsNothingAboutItsConnectionFromASmallBatch() {
        bounds.read(10, 1000, Duration.ofSeconds(20));

        assertThat(bounds.events()).isEqualTo(BatchBounds.FIRST_BYTES / 1000);
    }

    @Test
    void readsHalfAsMuchAfterATimeOutUntilItIsOneFetch() {
        bounds.read(1000, 1000, Duration.ofSeconds(1));
        long events = bounds.events();

        bounds.timedOut();
        long half = bounds.events();
        for (int i = 0; i < 20; i++) {
            bounds.timedOut();
        }

        assertThat(half).isEqualTo(events / 2);
        assertThat(bounds.events()).isEqualTo((1 << 20) / 1000);
    }

    @Test
    void waitsLongerAfterEachTimeOut() {
        assertThat(bounds.patience()).hasMinutes(1);
        bounds.timedOut();
        assertThat(bounds.patience()).hasMinutes(2);
        bounds.timedOut();
        bounds.timedOut();
        assertThat(bounds.patience()).hasMinutes(4);
    }

    @Test
    void readsARecordThatIsLargerThanABatch() {
        bounds.read(1, 1 << 30, Duration.ofSeconds(70));

        assertThat(bounds.events()).isEqualTo(1);
    }

    @Test
    void learnsNothingFromABatchWithoutRecords() {
        bounds.read(100, Double.NaN, Duration.ofSeconds(1));

        assertThat(bounds.events()).isEqualTo(10_000);
    }
}

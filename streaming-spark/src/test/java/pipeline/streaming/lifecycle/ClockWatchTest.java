package pipeline.streaming.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private final AtomicLong wallMillis = new AtomicLong(1_800_000_000_000L);
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger restarts = new AtomicInteger();
    private final ClockWatch watch =
            new ClockWatch(Duration.ofSeconds(1), restarts::incrementAndGet, wallMillis::get, nanos::get);

    @Test
    void restartsTheQueriesOnceForEachStepBack() {
        pass(500);
        step(Duration.ofHours(-1));
        pass(500);
        pass(500);
        assertThat(restarts).hasValue(1);

        step(Duration.ofDays(1));
        pass(500);
        assertThat(restarts).hasValue(1);

        step(Duration.ofDays(-1));
        pass(500);
        assertThat(restarts).hasValue(2);
    }

    @Test
    void letsThemRunOnAfterAStepForwardOrASmallOne() {
        step(Duration.ofHours(1));
        pass(500);
        step(Duration.ofMillis(-900));
        pass(500);

        assertThat(restarts).hasValue(0);
    }

    private void step(Duration by) {
        wallMillis.addAndGet(by.toMillis());
    }

    private void pass(long millis) {
        wallMillis.addAndGet(millis);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        watch.look();
    }
}

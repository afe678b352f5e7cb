package pipeline.producer.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    /** Near the end of its range, where {@link System#nanoTime} may be, so that it overflows. */
    private long now = Long.MAX_VALUE - 1_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 5, 7, 1_000, 50_000, 1_000_000})
    void holdsTheRate(double rate) {
        Pace pace = new Pace(OptionalDouble.of(rate), () -> now);

        long sent = sendFor(pace, Duration.ofSeconds(20), 0);

        assertThat(sent).isCloseTo((long) (20 * rate), within(1L));
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 1_000, 50_000})
    void holdsTheRateWhenEveryWaitEndsLate(double rate) {
        Pace pace = new Pace(OptionalDouble.of(rate), () -> now);

        long sent = sendFor(pace, Duration.ofSeconds(20), 70_000);

        assertThat(sent).isCloseTo((long) (20 * rate), within((long) Math.ceil(rate * 0.001)));
    }

    @Test
    void doesNotDriftInADay() {
        Pace pace = new Pace(OptionalDouble.of(3), () -> now);

        long sent = sendFor(pace, Duration.ofDays(1), 0);

        assertThat(sent).isCloseTo(3 * 86_400L, within(1L));
    }

    @Test
    void catchesUpAfterAShortStall() {
        Pace pace = new Pace(OptionalDouble.of(10), () -> now);
        pace.nanosToNext();
        pace.advance();

        now += Duration.ofMillis(950).toNanos();

        assertThat(sendAllDue(pace)).isEqualTo(9);
    }

    @Test
    void resumesFromNowAfterALongStallAndCountsSkippedEvents() {
        Pace pace = new Pace(OptionalDouble.of(10), () -> now);
        pace.nanosToNext();
        pace.advance();

        now += Duration.ofMillis(5_050).toNanos();

        // 50 were due, at 0.1 s to 5.0 s: the last of them is sent now, and the next one is due at 5.1 s.
        assertThat(pace.advance()).isEqualTo(49);
        assertThat(pace.nanosToNext()).isEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void sentPlusSkippedMatchesTheRateDespiteStalls() {
        Pace pace = new Pace(OptionalDouble.of(1_000), () -> now);
        long begin = now;
        long counted = 0;
        for (int stall = 0; stall < 20; stall++) {
            long end = now + Duration.ofMillis(300).toNanos();
            while (end - now > 0) {
                now += Math.max(0, pace.nanosToNext());
                counted += 1 + pace.advance();
            }
            now += Duration.ofMillis(1_234).toNanos();
        }
        counted += 1 + pace.advance();

        assertThat(counted).isCloseTo((now - begin) / 1_000_000, within(1L));
    }

    @Test
    void skipsNothingAtARateBelowOneASecond() {
        Pace pace = new Pace(OptionalDouble.of(0.25), () -> now);
        pace.nanosToNext();
        pace.advance();

        now += Duration.ofSeconds(6).toNanos();

        assertThat(pace.advance()).isZero();
        assertThat(pace.nanosToNext()).isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void letsASlowStartCatchUp() {
        Pace pace = new Pace(OptionalDouble.of(1_000), () -> now);
        pace.nanosToNext();
        for (int i = 0; i < 1_000; i++) {
            now += Duration.ofMillis(3).toNanos();
            assertThat(pace.advance()).isZero();
        }

        assertThat(sendAllDue(pace)).isEqualTo(2_001);
    }

    @Test
    void countsEventsAsSkippedWhenItCannotKeepUp() {
        Pace pace = new Pace(OptionalDouble.of(1_000), () -> now);
        pace.nanosToNext();
        long skipped = 0;
        for (int i = 0; i < 10_000; i++) {
            now += Duration.ofMillis(3).toNanos();
            skipped += pace.advance();
        }

        assertThat(skipped).isBetween(10_000L, 20_000L);
    }

    @Test
    void hasNoLimitAtMax() {
        Pace pace = new Pace(OptionalDouble.empty(), () -> now);
        pace.nanosToNext();

        now += Duration.ofHours(1).toNanos();

        assertThat(pace.nanosToNext()).isZero();
        assertThat(pace.advance()).isZero();
        assertThat(pace.nanosToNext()).isZero();
    }

    private long sendFor(Pace pace, Duration duration, long oversleptNanos) {
        long end = now + duration.toNanos();
        long sent = 0;
        while (true) {
            long wait = pace.nanosToNext();
            if (wait > 0) {
                now += wait + oversleptNanos;
            }
            if (end - now <= 0) {
                return sent;
            }
            assertThat(pace.advance()).isZero();
            sent++;
        }
    }

    private static long sendAllDue(Pace pace) {
        long sent = 0;
        while (pace.nanosToNext() <= 0) {
            assertThat(pace.advance()).isZero();
            sent++;
        }
        return sent;
    }
}

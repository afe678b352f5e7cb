package pipeline.producer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicWaitTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final List<String> said = new ArrayList<>();
    private long now;

    private final TopicWait.Time time = new TopicWait.Time() {
        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void pass(long nanos) {
            now += nanos;
        }
    };

    @Test
    void saysNothingWhenTheTopicIsThere() {
        new TopicWait(Optional::empty, said::add, time).await(() -> false);

        assertThat(now).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void waitsUntilTheTopicIsThereAndSaysWhatIsMissingEveryTenSeconds() {
        TopicWait wait = new TopicWait(
                () -> now < MINUTE ? Optional.of("missing at " + now / 1_000_000_000) : Optional.empty(),
                said::add,
                time);

        wait.await(() -> false);

        assertThat(now).isEqualTo(MINUTE);
        assertThat(said)
                .containsExactly(
                        "missing at 0",
                        "missing at 10",
                        "missing at 20",
                        "missing at 30",
                        "missing at 40",
                        "missing at 50");
    }

    @Test
    void endsWhenStopped() {
        new TopicWait(() -> Optional.of("missing"), said::add, time).await(() -> now >= MINUTE);

        assertThat(now).isEqualTo(MINUTE);
    }

    @Test
    void saysNothingOnceStopped() {
        boolean[] stopped = {false};
        TopicWait wait = new TopicWait(
                () -> {
                    stopped[0] = true;
                    return Optional.of("missing");
                },
                said::add,
                time);

        wait.await(() -> stopped[0]);

        assertThat(said).isEmpty();
    }
}

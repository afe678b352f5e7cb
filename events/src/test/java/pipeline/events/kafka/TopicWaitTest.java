package pipeline.events.kafka;

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

    private final TopicWait wait = new TopicWait(said::add, () -> now, nanos -> now += nanos);

    @Test
    void saysNothingWhenTheTopicIsThere() throws InterruptedException {
        wait.await(Optional::empty, () -> false);

        assertThat(now).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void waitsUntilTheTopicIsThereAndSaysWhatIsMissingEveryTenSeconds() throws InterruptedException {
        wait.await(
                () -> now < MINUTE ? Optional.of("missing at " + now / 1_000_000_000) : Optional.empty(), () -> false);

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
    void endsWhenStopped() throws InterruptedException {
        wait.await(() -> Optional.of("missing"), () -> now >= MINUTE);

        assertThat(now).isEqualTo(MINUTE);
    }

    @Test
    void saysNothingOnceStopped() throws InterruptedException {
        boolean[] stopped = {false};

        wait.await(
                () -> {
                    stopped[0] = true;
                    return Optional.of("missing");
                },
                () -> stopped[0]);

        assertThat(said).isEmpty();
    }
}

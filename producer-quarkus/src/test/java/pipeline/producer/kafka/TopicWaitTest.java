package pipeline.producer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TopicWaitTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final List<String> said = new ArrayList<>();
    private long now;

    private TopicWait topicWait(Supplier<Optional<String>> problem) {
        return new TopicWait(problem, said::add, () -> now, nanos -> now += nanos);
    }

    @Test
    void saysNothingWhenTheTopicIsThere() {
        topicWait(Optional::empty).await(() -> false);

        assertThat(now).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void waitsUntilTheTopicIsThereAndSaysWhatIsMissingEveryTenSeconds() {
        TopicWait wait =
                topicWait(() -> now < MINUTE ? Optional.of("missing at " + now / 1_000_000_000) : Optional.empty());

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
        topicWait(() -> Optional.of("missing")).await(() -> now >= MINUTE);

        assertThat(now).isEqualTo(MINUTE);
    }

    @Test
    void saysNothingOnceStopped() {
        boolean[] stopped = {false};
        TopicWait wait = topicWait(() -> {
            stopped[0] = true;
            return Optional.of("missing");
        });

        wait.await(() -> stopped[0]);

        assertThat(said).isEmpty();
    }
}

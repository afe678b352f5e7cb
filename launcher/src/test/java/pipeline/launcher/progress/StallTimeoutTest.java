package pipeline.launcher.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import pipeline.events.settings.Settings;
import pipeline.launcher.progress.StatusLine.Progress;

class StallTimeoutTest {
    private final StallTimeout patience = new StallTimeout(Duration.ofSeconds(100));

    @Test
    void endsWhenNothingMoves() {
        patience.isOver(progress(1, 1, 0), seconds(0));

        assertThat(patience.isOver(progress(1, 1, 0), seconds(100))).isFalse();
        assertThat(patience.isOver(progress(1, 1, 0), seconds(101))).isTrue();
    }

    @Test
    void startsOverWithEachMove() {
        patience.isOver(progress(1, 1, 0), seconds(0));
        patience.isOver(progress(2, 1, 0), seconds(90));
        patience.isOver(progress(2, 2, 0), seconds(180));
        patience.isOver(progress(2, 2, 1), seconds(270));

        assertThat(patience.isOver(progress(2, 2, 1), seconds(360))).isFalse();
        assertThat(patience.isOver(progress(2, 2, 1), seconds(371))).isTrue();
    }

    @Test
    void isLongerThanTheSettingsLetOneWait() {
        Settings settings = new Settings(Map.of("MSGS_PER_SEC", "0.1", "TRIGGER_INTERVAL", "5m"));

        assertThat(StallTimeout.of(settings).limit()).isEqualTo(Duration.ofSeconds(120 + 300 + 20));
        assertThat(StallTimeout.of(new Settings(Map.of("MSGS_PER_SEC", "max"))).limit())
                .isEqualTo(Duration.ofSeconds(120 + 10));
    }

    private static Progress progress(long sent, long committed, long rejected) {
        return new Progress(OptionalLong.of(sent), committed, rejected, OptionalLong.of(5));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}

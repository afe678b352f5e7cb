package pipeline.launcher.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import pipeline.launcher.progress.StatusLine.Progress;

class StatusLineTest {
    private final StatusLine statusLine = new StatusLine();

    @Test
    void saysHowFarTheEventsAre() {
        Progress progress = new Progress(OptionalLong.of(12_345), 12_000, 45, OptionalLong.of(300));

        assertThat(statusLine.text(progress, 0))
                .isEqualTo("sent 12,345, committed 12,000, rejected 45, lag 300, 0.0 rows/s");
    }

    @Test
    void saysWhatIsNotKnown() {
        Progress progress = new Progress(OptionalLong.empty(), 0, 0, OptionalLong.empty());

        assertThat(statusLine.text(progress, 0)).startsWith("sent ?,").contains("lag ?,");
    }

    @Test
    void countsTheRowsOfTheLastHalfMinute() {
        statusLine.text(committed(1_000_000), seconds(0));
        statusLine.text(committed(1_000_000), seconds(100));
        statusLine.text(committed(1_000_100), seconds(110));

        assertThat(statusLine.text(committed(1_000_150), seconds(120))).endsWith(", 7.5 rows/s");
    }

    private static Progress committed(long rows) {
        return new Progress(OptionalLong.of(rows), rows, 0, OptionalLong.of(0));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}

package pipeline.launcher.progress;

import java.time.Duration;
import pipeline.events.settings.Settings;
import pipeline.launcher.progress.StatusLine.Progress;

/** How long to wait without progress: two minutes, plus the time that the settings allow between two events or batches. */
public final class StallTimeout {
    private static final Duration NO_PROGRESS = Duration.ofMinutes(2);

    private final Duration limit;
    private Progress last;
    private long lastChange;

    StallTimeout(Duration limit) {
        this.limit = limit;
    }

    public static StallTimeout of(Settings settings) {
        double secondsBetweenEvents = 1 / settings.get(Settings.MSGS_PER_SEC).orElse(Double.POSITIVE_INFINITY);
        return new StallTimeout(
                NO_PROGRESS.plus(settings.get(Settings.TRIGGER_INTERVAL)).plusMillis((long)
                        (2_000 * secondsBetweenEvents)));
    }

    public Duration limit() {
        return limit;
    }

    /** @param nanos the monotonic time at which the progress was read */
    public boolean isOver(Progress progress, long nanos) {
        if (last == null
                || progress.committed() != last.committed()
                || progress.rejected() != last.rejected()
                || progress.sent().orElse(0) > last.sent().orElse(0)) {
            last = progress;
            lastChange = nanos;
        }
        return nanos - lastChange > limit.toNanos();
    }
}

package pipeline.launcher.progress;

import java.time.Duration;
import java.util.OptionalLong;
import pipeline.events.settings.Settings;

/** How long to wait for events that don't move: two minutes, and what the settings ask to wait between two moves. */
public final class StallTimeout {
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final Duration limit;
    private Progress last;
    private long lastMove;

    StallTimeout(Duration limit) {
        this.limit = limit;
    }

    public static StallTimeout of(Settings settings) {
        double secondsBetweenEvents = 1 / settings.msgsPerSec().orElse(Double.POSITIVE_INFINITY);
        return new StallTimeout(
                STANDSTILL.plus(settings.triggerInterval()).plusMillis((long) (2_000 * secondsBetweenEvents)));
    }

    public Duration limit() {
        return limit;
    }

    /** @param nanos of the monotonic clock, at which the progress was made out */
    public boolean isOver(Progress progress, long nanos) {
        if (last == null || hasMoved(progress)) {
            last = progress;
            lastMove = nanos;
        }
        return nanos - lastMove > limit.toNanos();
    }

    private boolean hasMoved(Progress progress) {
        return progress.committed() != last.committed()
                || progress.rejected() != last.rejected()
                || isMore(progress.sent(), last.sent());
    }

    private static boolean isMore(OptionalLong sent, OptionalLong before) {
        return sent.orElse(0) > before.orElse(0);
    }
}

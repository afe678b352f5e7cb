package pipeline.producer.generate;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Says when the next event is due, on a schedule that is fixed by the first one: a late event does not delay those behind
 * it, and the rate holds over any time. After more than a second without an event that was due (process stopped, laptop
 * asleep, Kafka away) it goes on from now; what was due meanwhile is counted as skipped, so that sent + skipped = rate ×
 * time. One that is slow but not stalled, such as a JVM just started, may catch up, unless it falls ten seconds behind.
 * For one thread.
 */
public final class Pace {
    static final long STALL_NANOS = Duration.ofSeconds(1).toNanos();
    static final long BEHIND_NANOS = Duration.ofSeconds(10).toNanos();

    private final double nanosPerEvent;
    private final LongSupplier nanoTime;
    private boolean started;
    private long startNanos;
    /** The place of the next event in the schedule. */
    private long slot;
    /** When the last event was sent. */
    private long lastElapsed;

    /**
     * @param eventsPerSecond above 0; none is without a limit, where every event is due at once and none is skipped
     * @param nanoTime a monotonic clock such as {@link System#nanoTime}
     */
    public Pace(OptionalDouble eventsPerSecond, LongSupplier nanoTime) {
        this.nanosPerEvent = eventsPerSecond.isPresent() ? 1e9 / eventsPerSecond.getAsDouble() : 0;
        this.nanoTime = nanoTime;
    }

    /** Returns the nanoseconds until the next event is due, at most 0 when it is. The first one is due when first asked. */
    public long nanosToNext() {
        return isLimited() ? dueElapsed() - elapsed() : 0;
    }

    /** Goes on to the next event, the present one being sent now, and returns how many it skipped for that. */
    public long advance() {
        if (!isLimited()) {
            return 0;
        }
        long elapsed = elapsed();
        long late = elapsed - dueElapsed();
        boolean isStalled = elapsed - lastElapsed > STALL_NANOS || late > BEHIND_NANOS;
        // At rates below one a second every event ends a "stall", in which nothing was due.
        long skipped = isStalled ? (long) (late / nanosPerEvent) : 0;
        lastElapsed = elapsed;
        slot += skipped + 1;
        return skipped;
    }

    private boolean isLimited() {
        return nanosPerEvent > 0;
    }

    private long dueElapsed() {
        return (long) (slot * nanosPerEvent);
    }

    private long elapsed() {
        long now = nanoTime.getAsLong();
        if (!started) {
            started = true;
            startNanos = now;
        }
        return now - startNanos;
    }
}

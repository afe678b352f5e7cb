package pipeline.producer.generate;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Says when the next event is due. The first event fixes the schedule, so a late event does not delay the following ones
 * and the rate holds over any period. If no event was sent for more than a second although one was due (process stopped,
 * laptop asleep, Kafka unavailable), the schedule resumes from now and the events missed count as skipped, so that
 * sent + skipped = rate × time. A producer that is slow but not stalled, such as a JVM that has just started, catches up,
 * unless it falls ten seconds behind. Not thread-safe.
 */
public final class Pace {
    static final long STALL_NANOS = Duration.ofSeconds(1).toNanos();
    static final long BEHIND_NANOS = Duration.ofSeconds(10).toNanos();

    private final double nanosPerEvent;
    private final LongSupplier nanoTime;
    private boolean started;
    private long startNanos;
    /** The position of the next event in the schedule. */
    private long slot;
    /** When the last event was sent. */
    private long lastElapsed;

    /**
     * @param eventsPerSecond above 0; empty means no limit: every event is due at once and none is skipped
     * @param nanoTime a monotonic clock such as {@link System#nanoTime}
     */
    public Pace(OptionalDouble eventsPerSecond, LongSupplier nanoTime) {
        this.nanosPerEvent = eventsPerSecond.isPresent() ? 1e9 / eventsPerSecond.getAsDouble() : 0;
        this.nanoTime = nanoTime;
    }

    /** Returns the nanoseconds until the next event is due, 0 or less if it is due. The first one is due at the first call. */
    public long nanosToNext() {
        return isLimited() ? dueElapsed() - elapsed() : 0;
    }

    /** Advances past the event that is sent now, and returns how many events it skipped. */
    public long advance() {
        if (!isLimited()) {
            return 0;
        }
        long elapsed = elapsed();
        long late = elapsed - dueElapsed();
        boolean isStalled = elapsed - lastElapsed > STALL_NANOS || late > BEHIND_NANOS;
        // At rates below one per second, every event follows a "stall" in which nothing was due.
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

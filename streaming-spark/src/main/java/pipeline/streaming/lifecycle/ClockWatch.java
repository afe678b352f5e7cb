package pipeline.streaming.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when somebody sets the wall clock back. Spark's triggers then do not fire until the clock has caught up, and log
 * nothing. A query that is started again fires immediately.
 */
public final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final long LOOK_EVERY_MS = 500;

    private final Duration limit;
    private final Runnable restart;
    private final LongSupplier wallMillis;
    private final LongSupplier monotonicNanos;
    /** The wall clock minus the monotonic one, which nobody can set, in milliseconds. */
    private long difference;

    /**
     * @param limit smaller steps back do not matter
     * @param restart starts the queries again
     */
    public ClockWatch(Duration limit, Runnable restart) {
        this(limit, restart, System::currentTimeMillis, System::nanoTime);
    }

    ClockWatch(Duration limit, Runnable restart, LongSupplier wallMillis, LongSupplier monotonicNanos) {
        this.limit = limit;
        this.restart = restart;
        this.wallMillis = wallMillis;
        this.monotonicNanos = monotonicNanos;
        difference = difference();
    }

    /** Watches the clock from now on, on a thread that does not keep the process alive. */
    public void start() {
        Thread thread = new Thread(this::run, "clock");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Compares the difference between the clocks with the last one. */
    void look() {
        long before = difference;
        difference = difference();
        Duration back = Duration.ofMillis(before - difference);
        if (back.compareTo(limit) >= 0) {
            LOG.warn(
                    "The wall clock was set back by {} s. Spark would wait until it has caught up, so the queries are"
                            + " started again",
                    back.toSeconds());
            restart.run();
        }
    }

    private long difference() {
        return wallMillis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(monotonicNanos.getAsLong());
    }
}

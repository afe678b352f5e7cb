package pipeline.events.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits until the topic can be used, however long that takes, and reports the problem at once and then every ten seconds.
 * Thread-safe; all threads that wait share one report.
 */
public final class TopicWait {
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();
    private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();

    /** Sleeps for that many nanoseconds. */
    interface Pause {
        void sleep(long nanos) throws InterruptedException;
    }

    private final Consumer<String> report;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private long reportAt;

    public TopicWait(Consumer<String> report) {
        this(report, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    TopicWait(Consumer<String> report, LongSupplier nanoTime, Pause pause) {
        this.report = report;
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.reportAt = nanoTime.getAsLong();
    }

    /**
     * Returns when {@code problem} finds none, or when {@code stopped} is true.
     *
     * @param problem looks at the topic, and returns in one line why it cannot be used
     */
    public void await(Supplier<Optional<String>> problem, BooleanSupplier stopped) throws InterruptedException {
        while (!stopped.getAsBoolean()) {
            Optional<String> found = problem.get();
            if (found.isEmpty()) {
                return;
            }
            if (!stopped.getAsBoolean()) {
                report(found.get());
            }
            pause.sleep(RETRY_NANOS);
        }
    }

    private synchronized void report(String problem) {
        if (nanoTime.getAsLong() - reportAt >= 0) {
            report.accept(problem);
            reportAt = nanoTime.getAsLong() + REPORT_NANOS;
        }
    }
}

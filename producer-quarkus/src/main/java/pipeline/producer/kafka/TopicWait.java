package pipeline.producer.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Waits until the topic can take events, however long that takes, and reports the problem every ten seconds. */
public final class TopicWait {
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();
    private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();

    private final Supplier<Optional<String>> problem;
    private final Consumer<String> report;
    private final LongSupplier nanoTime;
    private final LongConsumer pause;

    public TopicWait(Supplier<Optional<String>> problem, Consumer<String> report) {
        this(problem, report, System::nanoTime, LockSupport::parkNanos);
    }

    TopicWait(Supplier<Optional<String>> problem, Consumer<String> report, LongSupplier nanoTime, LongConsumer pause) {
        this.problem = problem;
        this.report = report;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** Returns when the topic can take events, or when {@code stopped} is true. */
    public void await(BooleanSupplier stopped) {
        long reportAt = nanoTime.getAsLong();
        while (!stopped.getAsBoolean()) {
            Optional<String> found = problem.get();
            if (found.isEmpty()) {
                return;
            }
            if (nanoTime.getAsLong() - reportAt >= 0 && !stopped.getAsBoolean()) {
                report.accept(found.get());
                reportAt = nanoTime.getAsLong() + REPORT_NANOS;
            }
            pause.accept(RETRY_NANOS);
        }
    }
}

package pipeline.producer.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Counts the outcome of each event. Every event sent becomes either acked or failed, once. After {@link #close} none is
 * pending and the counts are final. Thread-safe.
 */
@ApplicationScoped
public class Deliveries {
    /**
     * The counts at one point in time.
     *
     * @param sent handed to the channel
     * @param acked acknowledged by Kafka
     * @param failed given up
     * @param skipped not generated, because the producer was stalled when they were due
     */
    public record Totals(long sent, long acked, long failed, long skipped) {
        public long pending() {
            return sent - acked - failed;
        }

        public String json() {
            return "{\"sent\":" + sent + ",\"acked\":" + acked + ",\"failed\":" + failed + ",\"skipped\":" + skipped
                    + "}";
        }

        /** In ASCII digits whatever the locale, so that scripts can read them. */
        @Override
        public String toString() {
            return "sent=" + sent + ", acked=" + acked + ", failed=" + failed + ", skipped=" + skipped;
        }
    }

    private long sent;
    private long acked;
    private long failed;
    private long skipped;
    private String lastFailure;
    private boolean closed;

    public Deliveries(MeterRegistry registry) {
        count(registry, "sent", "Events handed to the channel", totals -> totals.sent);
        count(registry, "acked", "Events acknowledged by Kafka", totals -> totals.acked);
        count(registry, "failed", "Events that could not be delivered", totals -> totals.failed);
        count(registry, "skipped", "Events not generated because the producer was stalled", totals -> totals.skipped);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<Totals> value) {
        FunctionCounter.builder("producer.events." + name, this, counts -> value.applyAsDouble(counts.totals()))
                .description(description)
                .register(registry);
    }

    public synchronized void sent() {
        sent++;
    }

    public synchronized void skipped(long events) {
        skipped += events;
    }

    public synchronized void acked() {
        if (!closed) {
            acked++;
            notifyIfSettled();
        }
    }

    /** @param reason one line, for people */
    public synchronized void failed(String reason) {
        if (!closed) {
            failed++;
            lastFailure = reason;
            notifyIfSettled();
        }
    }

    private void notifyIfSettled() {
        if (isSettled()) {
            notifyAll();
        }
    }

    private boolean isSettled() {
        return acked + failed == sent;
    }

    /** Waits until every event sent is acked or failed; returns false if that takes longer than the timeout. */
    public synchronized boolean awaitSettled(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!isSettled()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // Rounded up, because wait(0) never times out.
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    /** Counts pending events as failed and returns the final counts. */
    public synchronized Totals close() {
        failed += totals().pending();
        closed = true;
        return totals();
    }

    public synchronized Totals totals() {
        return new Totals(sent, acked, failed, skipped);
    }

    /** Returns why the most recent failed event failed. */
    public synchronized Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }
}

package pipeline.producer.observe;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import pipeline.producer.observe.Deliveries.Totals;

/** Once events are sent, logs the totals every ten seconds, and the rate of Kafka's acknowledgements since the last line. */
@Startup // so that the first ten seconds start with the process
@ApplicationScoped
public class RateReport {
    private static final Logger LOG = Logger.getLogger(RateReport.class);

    private final Deliveries deliveries;
    private long lastNanos = System.nanoTime();
    private Totals last = new Totals(0, 0, 0, 0);
    private boolean stopped;

    public RateReport(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Scheduled(every = "10s", delayed = "10s")
    synchronized void report() {
        line(System.nanoTime()).ifPresent(LOG::info);
    }

    /** Logs nothing from now on, so that the line with the final counts is the last one. */
    public synchronized void stop() {
        stopped = true;
    }

    /** Returns the line; nothing before the first event, while {@code TopicWait} reports. */
    synchronized Optional<String> line(long nanos) {
        if (stopped) {
            return Optional.empty();
        }
        Totals now = deliveries.totals();
        if (now.sent() == 0) {
            lastNanos = nanos;
            return Optional.empty();
        }
        double rate = (now.acked() - last.acked()) * 1e9 / (nanos - lastNanos);
        String line = String.format(Locale.ROOT, "Producing %.1f events/s: %s, pending=%d", rate, now, now.pending());
        if (now.failed() > last.failed()) {
            line += "; last failure: " + deliveries.lastFailure().orElse("unknown");
        }
        lastNanos = nanos;
        last = now;
        return Optional.of(line);
    }
}

package pipeline.validator.validation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pipeline.validator.checks.LagCheck;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;

/** Keeps what the last validation found, for Prometheus: the lag, and each check's status as a number. */
@ApplicationScoped
public class CheckMetrics {
    private final MeterRegistry metrics;
    private final Map<String, Double> statusOfCheck = new ConcurrentHashMap<>();
    private volatile double lag = Double.NaN;

    CheckMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        Gauge.builder("validator.lag", () -> lag)
                .description("Lag, in events, of the run committed last, at the last validation")
                .baseUnit("events")
                .register(metrics);
    }

    void record(Evidence evidence, List<Finding> findings) {
        lag = LagCheck.lag(evidence).stream().asDoubleStream().findFirst().orElse(Double.NaN);
        for (Finding finding : findings) {
            if (statusOfCheck.put(finding.name(), number(finding.status())) == null) {
                Gauge.builder("validator.check.status", () -> statusOfCheck.get(finding.name()))
                        .description(
                                "0 OK, 1 WARN, 2 FAILED at the last validation; NaN when there was nothing to check")
                        .tag("check", finding.name())
                        .register(metrics);
            }
        }
    }

    private static double number(Status status) {
        return switch (status) {
            case OK -> 0;
            case WARN -> 1;
            case FAILED -> 2;
            case NO_DATA -> Double.NaN;
        };
    }
}

package pipeline.validator.validation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import pipeline.validator.checks.LagCheck;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Status;

/** Keeps the results of the last validation for Prometheus: the lag, and the status of each check as a number. */
@ApplicationScoped
public class CheckMetrics {
    private final MultiGauge statuses;
    private volatile double lag = Double.NaN;

    CheckMetrics(MeterRegistry metrics) {
        Gauge.builder("validator.lag", () -> lag)
                .description("How many events the latest run was behind Kafka at the last validation")
                .baseUnit("events")
                .register(metrics);
        statuses = MultiGauge.builder("validator.check.status")
                .description("0 OK, 1 WARN, 2 FAILED at the last validation; NaN if there was nothing to check")
                .register(metrics);
    }

    void record(Evidence evidence, List<Finding> findings) {
        lag = LagCheck.lag(evidence).stream().asDoubleStream().findFirst().orElse(Double.NaN);
        statuses.register(findings.stream().map(CheckMetrics::row).toList(), true);
    }

    private static Row<?> row(Finding finding) {
        return Row.of(Tags.of("check", finding.name()), number(finding.status()));
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

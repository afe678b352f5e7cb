package pipeline.validator.validation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import pipeline.validator.checks.LagCheck;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * The run that committed last, for Prometheus. Only {@link pipeline.validator.BackgroundWork} sets these values, so that they do not depend
 * on who asks for what; the duration of an audit is that of the last one of any caller. A value that is not known is NaN.
 */
@ApplicationScoped
public class ValidationMetrics {
    private final Clock clock;
    private final MultiGauge statuses;
    private volatile Optional<Validated> last = Optional.empty();
    private volatile double auditSeconds = Double.NaN;

    ValidationMetrics(MeterRegistry metrics, Clock clock) {
        this.clock = clock;
        gauge(metrics, "validator.rows", "rows", "Rows of the run that committed last", validated -> validated
                .evidence()
                .data()
                .rows());
        gauge(metrics, "validator.rejected", "events", "Rejected events of that run", validated -> validated
                .evidence()
                .data()
                .rejected());
        gauge(
                metrics,
                "validator.absent",
                "offsets",
                "Offsets of that run at which the topic has no committed record",
                validated -> validated.evidence().ledgers().stream()
                        .mapToLong(LedgerSummary::absent)
                        .sum());
        gauge(metrics, "validator.files", "files", "Data files of that run", validated -> validated
                .evidence()
                .data()
                .files());
        gauge(
                metrics,
                "validator.lag",
                "events",
                "How many events that run is behind Kafka",
                validated -> LagCheck.lag(validated.evidence()).stream()
                        .asDoubleStream()
                        .findFirst()
                        .orElse(Double.NaN));
        gauge(metrics, "validator.commit.age", "seconds", "Time since that run last committed", this::commitAge);
        gauge(
                metrics,
                "validator.validation.duration",
                "seconds",
                "Duration of the last validation",
                validated -> seconds(validated.took()));
        Gauge.builder("validator.audit.duration", () -> auditSeconds)
                .description("Duration of the last validation with deep=true or deep=full")
                .baseUnit("seconds")
                .register(metrics);
        statuses = MultiGauge.builder("validator.check.status")
                .description("0 OK, 1 WARN, 2 FAILED; NaN if there was nothing to check")
                .register(metrics);
    }

    private void gauge(
            MeterRegistry metrics, String name, String unit, String description, ToDoubleFunction<Validated> value) {
        Gauge.builder(name, () -> last.stream().mapToDouble(value).findFirst().orElse(Double.NaN))
                .description(description)
                .baseUnit(unit)
                .register(metrics);
    }

    private double commitAge(Validated validated) {
        return validated.evidence().data().runs().stream()
                .map(RunSnapshot::changed)
                .filter(changed -> !changed.equals(Instant.EPOCH))
                .mapToDouble(changed -> seconds(Duration.between(changed, clock.instant())))
                .min()
                .orElse(Double.NaN);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    public void record(Validated validated) {
        last = Optional.of(validated);
        statuses.register(
                validated.report().checks().stream().map(ValidationMetrics::row).toList(), true);
    }

    /** Nothing is known any more, because the storage cannot be reached. */
    public void clear() {
        last = Optional.empty();
        statuses.register(List.of(), true);
    }

    void recordAudit(Duration took) {
        auditSeconds = seconds(took);
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

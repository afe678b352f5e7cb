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
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.topic.LagCheck;
import pipeline.validator.dataset.ledger.LedgerSummary;

/**
 * The run that committed last, for Prometheus. Only {@link pipeline.validator.BackgroundWork} sets these values, so that they
 * do not depend on who asks for what; the duration of an audit is that of the last one of any caller. A value that is not known
 * is NaN, and so is one that is older than {@value #ROUNDS} times the validation took, with the pause after it.
 */
@ApplicationScoped
public class ValidationMetrics {
    private static final int ROUNDS = 3;

    private final Clock clock;
    private final Duration pause;
    private final MultiGauge statuses;
    private volatile Optional<Validated> last = Optional.empty();
    private volatile Optional<Instant> lastTime = Optional.empty();
    private volatile double auditSeconds = Double.NaN;

    ValidationMetrics(MeterRegistry metrics, Clock clock, Intervals intervals) {
        this.clock = clock;
        this.pause = intervals.validate();
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
        Gauge.builder("validator.validation.time", () -> lastTime.map(ValidationMetrics::unixTime)
                        .orElse(Double.NaN))
                .description("When the last validation ended, since 1970")
                .baseUnit("seconds")
                .register(metrics);
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
        Gauge.builder(name, () -> recent().map(value::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .baseUnit(unit)
                .register(metrics);
    }

    /** Returns the last validation, unless it is too old, or from before the clock was set back. */
    private Optional<Validated> recent() {
        Instant now = clock.instant();
        return last.filter(known -> lastTime.filter(
                        time -> !time.isAfter(now) && !time.plus(maxAge(known)).isBefore(now))
                .isPresent());
    }

    /** The next validation may take as long as this one. */
    private Duration maxAge(Validated known) {
        return pause.plus(known.took()).multipliedBy(ROUNDS);
    }

    private static double unixTime(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    private double commitAge(Validated validated) {
        return validated.evidence().data().runs().stream()
                .map(run -> run.commits().last())
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
        lastTime = Optional.of(clock.instant());
        statuses.register(validated.report().checks().stream().map(this::row).toList(), true);
    }

    /** Nothing is known any more, because the storage cannot be reached. */
    public void clear() {
        last = Optional.empty();
        statuses.register(List.of(), true);
    }

    void recordAudit(Duration took) {
        auditSeconds = seconds(took);
    }

    private Row<?> row(Finding finding) {
        return Row.of(Tags.of("check", finding.name()), () -> recent().map(known -> number(finding.status()))
                .orElse(Double.NaN));
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

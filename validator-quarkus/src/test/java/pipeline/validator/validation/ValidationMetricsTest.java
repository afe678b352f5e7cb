package pipeline.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.checks.rows.ReadableFilesCheck;
import pipeline.validator.dataset.RunSelection;

class ValidationMetricsTest {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration TOOK = Duration.ofSeconds(1);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Instant[] now = {TestEvidence.NOW};
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now[0];
        }
    };
    private final ValidationMetrics metrics =
            new ValidationMetrics(registry, clock, new Intervals(Duration.ofSeconds(10), PAUSE));

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    private void validate() {
        validate(TOOK);
    }

    private void validate(Duration took) {
        Evidence evidence = TestEvidence.good().build();
        ValidationReport report = ValidationReport.of(
                evidence.data(), RunSelection.LATEST, List.of(new ReadableFilesCheck().check(evidence)));
        metrics.record(new Validated(evidence, report, took));
    }

    @Test
    void knowsNothingBeforeTheFirstValidation() {
        assertThat(value("validator.rows")).isNaN();
        assertThat(value("validator.validation.time")).isNaN();
    }

    @Test
    void operationsDescribesEachMetric() throws IOException {
        validate();
        String operations = Files.readString(Path.of("../docs/operations.md"));

        assertThat(registry.getMeters()).hasSizeGreaterThan(5).allSatisfy(meter -> {
            String name = meter.getId().getName().replace('.', '_');
            String unit = meter.getId().getBaseUnit();
            boolean isNamed = unit == null || name.endsWith("_" + unit);
            assertThat(operations).containsPattern("`" + name + (isNamed ? "" : "_" + unit) + "[`{]");
        });
    }

    @Test
    void forgetsValuesOfAClockThatWasSetBack() {
        validate();
        now[0] = TestEvidence.NOW.minusSeconds(3600);

        assertThat(value("validator.rows")).isNaN();

        validate();

        assertThat(value("validator.rows")).isEqualTo(5 * TestEvidence.ROWS_OF_ID);
    }

    @Test
    void knowsValuesUntilTheNextValidationEndsHoweverLongItTakes() {
        Duration took = Duration.ofMinutes(20);
        validate(took);

        now[0] = TestEvidence.NOW.plus(PAUSE).plus(took);

        assertThat(value("validator.rows")).isEqualTo(5 * TestEvidence.ROWS_OF_ID);
    }

    @Test
    void forgetsValuesThatAreOlderThanThreeValidationsAndPausesButNotTheirTime() {
        validate();
        now[0] = TestEvidence.NOW.plus(PAUSE.plus(TOOK).multipliedBy(3));

        assertThat(value("validator.rows")).isEqualTo(5 * TestEvidence.ROWS_OF_ID);
        assertThat(value("validator.check.status")).isZero();

        now[0] = now[0].plusMillis(1);

        assertThat(value("validator.rows")).isNaN();
        assertThat(value("validator.check.status")).isNaN();
        assertThat(value("validator.commit.age")).isNaN();
        assertThat(value("validator.validation.time")).isEqualTo(TestEvidence.NOW.getEpochSecond());

        validate();

        assertThat(value("validator.rows")).isEqualTo(5 * TestEvidence.ROWS_OF_ID);
        assertThat(value("validator.check.status")).isZero();
    }
}

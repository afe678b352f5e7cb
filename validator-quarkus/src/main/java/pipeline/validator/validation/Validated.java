package pipeline.validator.validation;

import java.time.Duration;
import pipeline.validator.checks.evidence.Evidence;

/**
 * A validation, and what it looked at.
 *
 * @param took how long it took
 */
public record Validated(Evidence evidence, ValidationReport report, Duration took) {}

/**
 * The checks, one small class each: {@code rows} and {@code ledger} look at what is written, {@code topic} compares it with Kafka.
 * Start with {@link pipeline.validator.checks.evidence.Check}; {@link pipeline.validator.validation.Checks} lists all of them.
 */
package pipeline.validator.checks;

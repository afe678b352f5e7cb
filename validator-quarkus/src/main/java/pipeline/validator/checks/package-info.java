/**
 * The checks, one small class each. Start with {@link pipeline.validator.checks.evidence.Check}; {@link
 * pipeline.validator.validation.Validation} runs all of them.
 */
package pipeline.validator.checks;

/**
 * What makes data trustworthy, one small class a rule. Start with {@link pipeline.validator.checks.Check}; {@link
 * pipeline.validator.checks.Validation} gathers the evidence and asks every check.
 */
package pipeline.validator.checks;

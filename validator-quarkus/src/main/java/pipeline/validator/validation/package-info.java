/** Collects the evidence, runs every check and sums up the findings. */
package pipeline.validator.validation;

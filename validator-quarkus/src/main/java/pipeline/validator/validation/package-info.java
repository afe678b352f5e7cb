/** Gathers the evidence, asks every check and sums up the answers. */
package pipeline.validator.validation;

/** The training run for the archive of classes (AppCDS) with which {@code ./pipeline} starts the validator faster. */
package pipeline.validator.training;

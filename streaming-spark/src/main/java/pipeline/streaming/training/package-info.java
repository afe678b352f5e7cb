/** The training run for the archive of classes (AppCDS) with which {@code ./pipeline} starts the job faster. */
package pipeline.streaming.training;

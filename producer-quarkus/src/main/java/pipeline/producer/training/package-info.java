/** The training run for the archive of classes (AppCDS) with which {@code ./pipeline} starts the producer faster. */
package pipeline.producer.training;

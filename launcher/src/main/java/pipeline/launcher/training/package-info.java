/** The training run for the archive of classes (AppCDS) with which {@code ./pipeline} and its broker start faster. */
package pipeline.launcher.training;

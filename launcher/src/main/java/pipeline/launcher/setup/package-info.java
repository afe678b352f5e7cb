/** Reads and checks everything before the start; the result is a {@link pipeline.launcher.setup.LaunchConfig}. */
package pipeline.launcher.setup;

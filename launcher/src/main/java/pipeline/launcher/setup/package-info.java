/** What is read and checked before anything starts; {@link pipeline.launcher.setup.LaunchConfig} is the result. */
package pipeline.launcher.setup;

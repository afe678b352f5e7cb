/** What is read and checked before anything starts; {@link pipeline.local.setup.LaunchConfig} is the result. */
package pipeline.local.setup;

/**
 * The components of the pipeline as the launcher knows them: how each one is run ({@link pipeline.launcher.components.Broker},
 * {@link pipeline.launcher.components.Components}) and what it can be asked ({@link pipeline.launcher.components.TopicAdmin},
 * {@link pipeline.launcher.components.ServiceClient}).
 */
package pipeline.launcher.components;

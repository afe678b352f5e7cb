/**
 * The parts of the pipeline as the launcher knows them: how each is run ({@link pipeline.launcher.parts.Broker},
 * {@link pipeline.launcher.parts.Parts}), and what it can be asked ({@link pipeline.launcher.parts.Topic},
 * {@link pipeline.launcher.parts.Service}).
 */
package pipeline.launcher.parts;

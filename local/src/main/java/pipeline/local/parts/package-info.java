/**
 * The parts of the pipeline as the launcher knows them: how each is run ({@link pipeline.local.parts.Broker},
 * {@link pipeline.local.parts.Parts}), and what it can be asked ({@link pipeline.local.parts.Topic},
 * {@link pipeline.local.parts.Service}).
 */
package pipeline.local.parts;

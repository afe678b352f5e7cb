/**
 * {@code ./pipeline}: runs a broker and all components of the pipeline as child processes, without Docker. Start with
 * {@link pipeline.launcher.Pipeline}, which checks the options, and {@link pipeline.launcher.Launch}, which starts everything.
 *
 * <p>{@code setup} reads and checks options, settings, ports and the data folder; {@code process} starts, watches and
 * stops child processes; {@code components} knows how to run each component and how to ask it; {@code progress} counts
 * events from Kafka to the ledger; {@code demo} is {@code --crash-demo}.
 */
package pipeline.launcher;

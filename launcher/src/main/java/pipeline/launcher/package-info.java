/**
 * {@code ./pipeline}: a broker and all parts of the pipeline as child processes, without Docker. Start with
 * {@link pipeline.launcher.Pipeline}, which checks what was asked for, and {@link pipeline.launcher.Launch}, which does it.
 *
 * <p>{@code setup} reads and checks options, settings, ports and the data folder; {@code process} starts, watches and
 * stops child processes; {@code parts} knows the command of each part and how to talk to it; {@code progress} counts
 * events from Kafka to the ledger; {@code demo} is {@code --crash-demo}.
 */
package pipeline.launcher;

package pipeline.events.output;

/**
 * A file that a batch published.
 *
 * @param path where it is, relative to the run's folder, with {@code /} on every system
 * @param rows events in it
 * @param bytes its size
 */
public record LedgerFile(String path, long rows, long bytes) {}

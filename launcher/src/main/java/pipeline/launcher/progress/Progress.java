package pipeline.launcher.progress;

import java.util.OptionalLong;

/**
 * The progress of the events since the start of this launch.
 *
 * @param sent events the producer has sent; empty if it does not answer
 * @param committed rows that have become visible
 * @param lag offsets in Kafka that are not committed; empty if Kafka does not answer
 */
public record Progress(OptionalLong sent, long committed, long rejected, OptionalLong lag) {}

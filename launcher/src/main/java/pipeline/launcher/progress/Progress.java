package pipeline.launcher.progress;

import java.util.OptionalLong;

/**
 * How far the events are at one moment, counted from the start of this run of {@code ./pipeline}.
 *
 * @param sent by the producer; none when it doesn't answer
 * @param committed rows that became visible
 * @param lag offsets in Kafka that aren't committed; none when Kafka doesn't answer
 */
public record Progress(OptionalLong sent, long committed, long rejected, OptionalLong lag) {}

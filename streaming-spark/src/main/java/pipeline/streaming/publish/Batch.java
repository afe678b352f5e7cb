package pipeline.streaming.publish;

import java.util.Optional;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;

/**
 * A batch whose offsets are all accounted for.
 *
 * @param seq number of the batch in its run, 0, 1, 2, …
 * @param topic the Kafka topic
 * @param schema the name of the schema of its events, see {@link pipeline.events.output.OutputTree#schema}; empty for the built-in one
 * @param read the offsets
 */
public record Batch(long seq, TopicIdentity topic, Optional<String> schema, ReadOffsets read) {}

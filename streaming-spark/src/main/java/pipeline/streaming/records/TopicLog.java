package pipeline.streaming.records;

import java.util.Map;
import java.util.Set;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.streaming.kafka.SourceTopic;

/**
 * The topic as Kafka's own clients see it, outside of Spark. For one thread at a time. Each method throws a {@link
 * org.apache.kafka.common.KafkaException} when the broker does not answer within seconds.
 */
public interface TopicLog {

    /** Returns the topic as it is now. */
    SourceTopic.Snapshot snapshot();

    /**
     * Checks that Kafka still has the records that the run has read last, and none between them and the end of what was read.
     *
     * @param lastRead the last record that was read in each partition
     * @param until the offset after the last one that was read, for each partition
     * @param now the topic, from before this call
     * @return the partitions whose record was found; for the others, nobody can tell any more
     * @throws EventsLostException when a partition has another record at that offset, lacks one that should be there, or has a
     *     further one after it
     */
    Set<Integer> requireKept(Map<Integer, RecordIdentity> lastRead, Map<Integer, Long> until, SourceTopic.Snapshot now);

    /** Passes on the offset of each committed record in these ranges. */
    void forEachOffset(Map<Integer, OffsetRange> ranges, OffsetAction action);

    /** Receives one offset after another. */
    @FunctionalInterface
    interface OffsetAction {
        void accept(int partition, long offset);
    }
}

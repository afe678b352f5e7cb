package pipeline.streaming.kafka;

import org.apache.kafka.common.Uuid;
import pipeline.events.output.LedgerRecord;
import pipeline.streaming.lifecycle.CannotContinueException;

/**
 * Identifies a topic, even after it was deleted and created again under the same name.
 *
 * @param clusterId Kafka's id of the cluster
 * @param topicId Kafka's id of the topic
 */
public record TopicIdentity(String clusterId, String name, String topicId) {
    /** What a broker before 2.8 says, which gives no ids to topics. */
    private static final String NO_ID = Uuid.ZERO_UUID.toString();

    public static TopicIdentity of(LedgerRecord record) {
        return new TopicIdentity(record.clusterId(), record.topic(), record.topicId());
    }

    /** @throws CannotContinueException when it is another topic now */
    public void requireSame(TopicIdentity now) {
        requireSame("cluster", clusterId, now.clusterId);
        requireSame("topic", name, now.name);
        if (!topicId.equals(NO_ID) && !now.topicId.equals(NO_ID)) {
            requireSame("topic id", topicId, now.topicId);
        }
    }

    /** Returns the same topic, with its id if it has one by now. */
    public TopicIdentity updatedBy(TopicIdentity now) {
        return topicId.equals(NO_ID) ? now : this;
    }

    private void requireSame(String what, String then, String now) {
        if (!then.equals(now)) {
            throw isAnother(what + " was " + then + " and is " + now);
        }
    }

    public CannotContinueException isAnother(String difference) {
        return new CannotContinueException("This run belongs to another topic than " + name + " is now: " + difference
                + ". Set RUN_ID or OUTPUT_DIR to start a new run.");
    }
}

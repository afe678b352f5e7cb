package pipeline.streaming.kafka;

import pipeline.events.offsets.TopicIds;
import pipeline.events.output.LedgerRecord;
import pipeline.events.settings.Settings;
import pipeline.streaming.lifecycle.CannotContinueException;

/**
 * Identifies a topic, even after it was deleted and created again under the same name.
 *
 * @param clusterId Kafka's id of the cluster
 * @param topicId Kafka's id of the topic
 */
public record TopicIdentity(String clusterId, String name, String topicId) {

    public static TopicIdentity of(LedgerRecord record) {
        return new TopicIdentity(record.clusterId(), record.topic(), record.topicId());
    }

    /** @throws CannotContinueException when the topic is another one now */
    public void requireSame(TopicIdentity now) {
        requireSame("cluster", clusterId, now.clusterId);
        requireSame("topic", name, now.name);
        if (TopicIds.differ(topicId, now.topicId)) {
            requireSame("topic id", topicId, now.topicId);
        }
    }

    /** Returns the same topic, with its id if it has one by now. */
    public TopicIdentity updatedBy(TopicIdentity now) {
        return TopicIds.isReal(topicId) ? this : now;
    }

    private void requireSame(String what, String then, String now) {
        if (!then.equals(now)) {
            throw anotherTopic(what + " was " + then + " and is " + now);
        }
    }

    /** Returns the reason to stop when the topic is not the one of the run. */
    public CannotContinueException anotherTopic(String difference) {
        return new CannotContinueException("This run belongs to another topic than " + name + " is now: " + difference
                + ". Set " + Settings.RUN_ID + " or " + Settings.OUTPUT_DIR + " to start a new run.");
    }
}

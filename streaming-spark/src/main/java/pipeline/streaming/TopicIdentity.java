package pipeline.streaming;

import pipeline.events.output.LedgerRecord;

/**
 * What tells a topic from any other one, also from a later one of the same name.
 *
 * @param clusterId Kafka's id of the cluster
 * @param topicId Kafka's id of the topic
 */
record TopicIdentity(String clusterId, String name, String topicId) {

    static TopicIdentity of(LedgerRecord record) {
        return new TopicIdentity(record.clusterId(), record.topic(), record.topicId());
    }

    /** @throws CannotContinueException when the topic that is there now is another one */
    void requireSame(TopicIdentity now) {
        requireSame("cluster", clusterId, now.clusterId);
        requireSame("topic", name, now.name);
        requireSame("topic id", topicId, now.topicId);
    }

    private void requireSame(String what, String then, String now) {
        if (!then.equals(now)) {
            throw isAnother(what + " was " + then + " and is " + now);
        }
    }

    CannotContinueException isAnother(String difference) {
        return new CannotContinueException("This run belongs to another topic than " + name + " is now: " + difference
                + ". Set RUN_ID or OUTPUT_DIR, for a new run.");
    }
}

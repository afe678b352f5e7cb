package pipeline.events.offsets;

import java.util.Optional;

/**
 * Identifies a topic, even after it was deleted and created again under the same name.
 *
 * @param clusterId Kafka's id of the cluster
 * @param topicId Kafka's id of the topic, which differs when a topic is deleted and created again
 */
public record TopicIdentity(String clusterId, String name, String topicId) {
    /** What a broker before 2.8 answers, which gives no ids: 128 bits that are 0. */
    private static final String NO_ID = "AAAAAAAAAAAAAAAAAAAAAA";

    /** Returns how the other one shows that it is another topic, such as {@code cluster was A and is B}; nothing if it is this one. */
    public Optional<String> difference(TopicIdentity other) {
        return difference("cluster", clusterId, other.clusterId)
                .or(() -> difference("topic", name, other.name))
                .or(() -> hasId() && other.hasId() ? difference("topic id", topicId, other.topicId) : Optional.empty());
    }

    private static Optional<String> difference(String what, String then, String now) {
        return then.equals(now) ? Optional.empty() : Optional.of(what + " was " + then + " and is " + now);
    }

    private boolean hasId() {
        return !topicId.equals(NO_ID);
    }

    /** Returns the same topic, with its id if it has one by now. */
    public TopicIdentity updatedBy(TopicIdentity now) {
        return hasId() ? this : now;
    }

    /** Returns for example {@code topic events (YQmZ0TGQQgSLh3DJWIXyXg) of cluster 5L6g3nShT-eMCtK--X86sw}. */
    @Override
    public String toString() {
        return "topic " + name + " (" + topicId + ") of cluster " + clusterId;
    }
}

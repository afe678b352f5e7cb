package pipeline.endtoend.secure;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Exactly the rights that each component needs, as docs/kafka.md lists them. READ and WRITE include DESCRIBE. Nothing of the
 * pipeline needs a right on the cluster.
 */
public final class Rights {
    private Rights() {}

    public static List<Right> producer(String topic) {
        return List.of(Right.onTopic(AclOperation.WRITE, topic));
    }

    /**
     * The second one is only needed to tell compaction from a loss, the third one to store the lag. Spark assigns partitions and
     * commits nothing, so it needs no right on a group.
     */
    public static List<Right> job(String topic, String runId) {
        return List.of(
                Right.onTopic(AclOperation.READ, topic),
                Right.onTopic(AclOperation.DESCRIBE_CONFIGS, topic),
                Right.onGroup(AclOperation.READ, "pipeline-" + runId));
    }

    public static List<Right> validator(String topic) {
        return List.of(
                Right.onTopic(AclOperation.DESCRIBE, topic), Right.onTopic(AclOperation.DESCRIBE_CONFIGS, topic));
    }

    /** The second one is only needed to create a missing topic. */
    public static List<Right> launcher(String topic) {
        return List.of(Right.onTopic(AclOperation.DESCRIBE, topic), Right.onTopic(AclOperation.CREATE, topic));
    }

    /** What they need if they share one user. */
    public static List<Right> all(String topic, String runId) {
        return Stream.of(producer(topic), job(topic, runId), validator(topic), launcher(topic))
                .flatMap(List::stream)
                .toList();
    }
}

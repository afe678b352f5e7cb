package pipeline.producer.kafka;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.security.oauthbearer.ClientJwtValidator;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.kafka.KafkaFailures;
import pipeline.events.kafka.KafkaFailures.Kind;

/** Checks whether the topic can take events: Kafka answers, the topic exists, and every partition has a leader. */
@ApplicationScoped
// The class that Kafka's client finds by name when it logs in with a token, and that Quarkus does not register.
@RegisterForReflection(targets = ClientJwtValidator.class)
public class TopicProbe {
    private static final String OPERATION = AclOperation.WRITE.name();
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

    private static final DescribeTopicsOptions WITH_RIGHTS =
            new DescribeTopicsOptions().includeAuthorizedOperations(true);

    private final KafkaEndpoint kafka;
    private volatile Admin admin;

    public TopicProbe(KafkaEndpoint kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns why the topic cannot take events, or nothing if it can. Blocks for up to three seconds.
     *
     * @throws UnusableClientException when Kafka's client does not accept its settings
     */
    public synchronized Optional<String> problem() {
        try {
            return problem(describe());
        } catch (ExecutionException | KafkaException e) {
            String line = kafka.explain(e, OPERATION);
            if (KafkaFailures.kind(e) == Kind.SETTINGS) {
                throw new UnusableClientException(line);
            }
            return Optional.of(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private TopicDescription describe() throws ExecutionException, InterruptedException {
        if (admin == null) {
            admin = Admin.create(kafka.adminSettings((int) ANSWER_TIMEOUT.toMillis()));
        }
        return admin.describeTopics(List.of(kafka.topic()), WITH_RIGHTS)
                .allTopicNames()
                .get()
                .get(kafka.topic());
    }

    private Optional<String> problem(TopicDescription topic) {
        // Null if the broker does not report the rights.
        if (topic.authorizedOperations() != null
                && !topic.authorizedOperations().contains(AclOperation.WRITE)) {
            return Optional.of(kafka.explain(new TopicAuthorizationException(kafka.topic()), OPERATION));
        }
        List<Integer> partitions = topic.partitions().stream()
                .filter(partition ->
                        partition.leader() == null || partition.leader().isEmpty())
                .map(TopicPartitionInfo::partition)
                .toList();
        return partitions.isEmpty()
                ? Optional.empty()
                : Optional.of("topic " + kafka.topic() + " has no leader for partitions " + partitions);
    }

    /** Not synchronized, so that it interrupts a pending request. */
    @PreDestroy
    void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}

package pipeline.producer.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import pipeline.producer.config.ProducerConfig;

/** Says whether the topic can take events: Kafka answers, the topic exists, and each of its partitions has a leader. */
@ApplicationScoped
public class KafkaTopic {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

    private final ProducerConfig config;
    private final Map<String, Object> kafka;
    private volatile Admin admin;

    /** @param kafka all of {@code kafka.*}, so that security settings count here as well as in the channel */
    public KafkaTopic(ProducerConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.kafka = kafka;
    }

    /** Returns what is missing, for people, or nothing when the topic can take events. Blocks for up to three seconds. */
    public synchronized Optional<String> problem() {
        try {
            return leaderless(describe());
        } catch (ExecutionException e) {
            return Optional.of(explain(e.getCause()));
        } catch (KafkaException e) {
            return Optional.of(explain(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private TopicDescription describe() throws ExecutionException, InterruptedException {
        if (admin == null) {
            admin = Admin.create(adminConfig());
        }
        return admin.describeTopics(List.of(config.topic()))
                .allTopicNames()
                .get()
                .get(config.topic());
    }

    private Map<String, Object> adminConfig() {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka());
        int timeout = (int) ANSWER_TIMEOUT.toMillis();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        return properties;
    }

    private Optional<String> leaderless(TopicDescription topic) {
        List<Integer> partitions = topic.partitions().stream()
                .filter(partition ->
                        partition.leader() == null || partition.leader().isEmpty())
                .map(TopicPartitionInfo::partition)
                .toList();
        return partitions.isEmpty()
                ? Optional.empty()
                : Optional.of("topic " + config.topic() + " has no leader for partitions " + partitions);
    }

    private String explain(Throwable e) {
        if (e instanceof UnknownTopicOrPartitionException) {
            return "topic " + config.topic() + " does not exist";
        }
        if (e instanceof TimeoutException) {
            return "Kafka does not answer";
        }
        // A host name that can't be resolved hides behind "Failed create new KafkaAdminClient".
        return e.getCause() instanceof KafkaException cause ? cause.getMessage() : e.getMessage();
    }

    /** Not synchronized: it ends a question that is waiting for its answer. */
    @PreDestroy
    void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}

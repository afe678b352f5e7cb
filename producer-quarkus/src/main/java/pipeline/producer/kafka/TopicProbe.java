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
import pipeline.events.settings.Settings;

/** Checks whether the topic can take events: Kafka answers, the topic exists, and every partition has a leader. */
@ApplicationScoped
public class TopicProbe {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

    private final Settings settings;
    private final Map<String, Object> kafka;
    private volatile Admin admin;

    /** @param kafka all properties {@code kafka.*}, so that security settings apply here as in the channel */
    public TopicProbe(Settings settings, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.settings = settings;
        this.kafka = kafka;
    }

    /** Returns why the topic cannot take events, or nothing if it can. Blocks for up to three seconds. */
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
        return admin.describeTopics(List.of(settings.kafkaTopic()))
                .allTopicNames()
                .get()
                .get(settings.kafkaTopic());
    }

    private Map<String, Object> adminConfig() {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrapServers());
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
                : Optional.of("topic " + settings.kafkaTopic() + " has no leader for partitions " + partitions);
    }

    private String explain(Throwable e) {
        if (e instanceof UnknownTopicOrPartitionException) {
            return "topic " + settings.kafkaTopic() + " does not exist";
        }
        if (e instanceof TimeoutException) {
            return "Kafka does not answer";
        }
        // For an unknown host name, the message itself is only "Failed to create new KafkaAdminClient".
        return e.getCause() instanceof KafkaException cause ? cause.getMessage() : e.getMessage();
    }

    /** Not synchronized, so that it interrupts a pending request. */
    @PreDestroy
    void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}

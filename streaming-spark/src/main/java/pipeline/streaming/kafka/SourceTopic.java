package pipeline.streaming.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic that the job reads, as the broker describes it. */
public final class SourceTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTopic.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(4500);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final String topic;
    private Admin admin;
    /** Shared by all waiting threads, so that nothing is logged twice. */
    private long nextLine = System.nanoTime();

    public SourceTopic(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    /**
     * The topic at one moment.
     *
     * @param beginnings the first offset that the broker still has, for each partition
     * @param ends the offset after the last one, for each partition
     */
    public record Snapshot(TopicIdentity identity, Map<Integer, Long> beginnings, Map<Integer, Long> ends) {

        /** Returns how many events the topic has from these offsets to its end. */
        public long lag(Map<Integer, Long> until) {
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - until.getOrDefault(end.getKey(), 0L))
                    .sum();
        }
    }

    /** Returns the topic as soon as the broker has it; logs every ten seconds what it is waiting for. */
    public Snapshot await() throws InterruptedException {
        while (true) {
            try {
                return snapshot();
            } catch (KafkaException e) {
                logWaiting(e);
                Thread.sleep(BETWEEN_TRIES.toMillis());
            }
        }
    }

    private synchronized void logWaiting(KafkaException e) {
        if (System.nanoTime() - nextLine >= 0) {
            LOG.warn("Waiting for {} ({})", waitingFor(e), reason(e));
            nextLine = System.nanoTime() + BETWEEN_LINES.toNanos();
        }
    }

    private String waitingFor(KafkaException e) {
        return e instanceof UnknownTopicOrPartitionException
                ? "topic " + topic + " in Kafka at " + bootstrapServers
                : "Kafka at " + bootstrapServers + ", topic " + topic;
    }

    private static String reason(Throwable e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    /**
     * Returns the topic as it is now.
     *
     * @throws KafkaException when the broker does not answer within seconds, or does not have the topic
     */
    public Snapshot snapshot() {
        try {
            return snapshot(admin());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Created on first use: it cannot be created while the broker's host name does not resolve. */
    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    (int) REQUEST_TIMEOUT.toMillis(),
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    (int) REQUEST_TIMEOUT.toMillis()));
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private Snapshot snapshot(Admin admin) throws ExecutionException, InterruptedException {
        String clusterId = admin.describeCluster().clusterId().get();
        TopicDescription description =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        return new Snapshot(
                new TopicIdentity(clusterId, topic, description.topicId().toString()),
                offsets(admin, description, OffsetSpec.earliest()),
                offsets(admin, description, OffsetSpec.latest()));
    }

    private static Map<Integer, Long> offsets(Admin admin, TopicDescription topic, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = topic.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.name(), partition.partition()), partition -> spec));
        Map<Integer, Long> offsets = new TreeMap<>();
        admin.listOffsets(partitions)
                .all()
                .get()
                .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return offsets;
    }
}

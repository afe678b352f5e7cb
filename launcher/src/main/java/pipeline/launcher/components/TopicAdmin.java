package pipeline.launcher.components;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import pipeline.launcher.process.Supervisor;

/** Creates and inspects a topic on the launcher's broker. Throws a {@link KafkaException} if Kafka does not answer in time. */
public final class TopicAdmin implements AutoCloseable {
    private static final int PARTITIONS = 3;
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int PING_MILLIS = 1_000;

    private final Admin admin;
    private final String name;

    public TopicAdmin(String bootstrapServers, String name) {
        this.name = name;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200));
    }

    public boolean isBrokerUp() {
        DescribeClusterOptions ping = new DescribeClusterOptions().timeoutMs(PING_MILLIS);
        return isTrue(() -> !get(admin.describeCluster(ping).nodes()).isEmpty());
    }

    /** Waits for the broker, creates the topic unless it exists, and waits until it can be used. */
    public void create(Supervisor supervisor, Duration limit) throws IOException {
        supervisor.await("the broker", limit, this::isBrokerUp);
        create();
        supervisor.await("topic " + name, limit, this::isReady);
    }

    /** Creates the topic; an existing one is not changed. */
    public void create() {
        NewTopic topic = new NewTopic(name, PARTITIONS, (short) 1)
                .configs(Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(RETENTION.toMillis())));
        try {
            get(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // created by an earlier launch
        }
    }

    /** Returns whether each partition has a leader, which is required to send events and to ask for offsets. */
    public boolean isReady() {
        return isTrue(() -> partitions().stream().allMatch(partition -> partition.leader() != null));
    }

    private static boolean isTrue(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (KafkaException e) {
            return false;
        }
    }

    private List<TopicPartitionInfo> partitions() {
        return get(admin.describeTopics(List.of(name)).allTopicNames())
                .get(name)
                .partitions();
    }

    /** Returns the first offset that is still available in each partition. */
    public Map<Integer, Long> firstOffsets() {
        return offsets(OffsetSpec.earliest());
    }

    /** Returns the offset after the last event in each partition. */
    public Map<Integer, Long> endOffsets() {
        return offsets(OffsetSpec.latest());
    }

    private Map<Integer, Long> offsets(OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> question = partitions().stream()
                .collect(Collectors.toMap(known -> new TopicPartition(name, known.partition()), known -> spec));
        Map<Integer, Long> offsets = new TreeMap<>();
        get(admin.listOffsets(question).all())
                .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
        return offsets;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the launcher", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

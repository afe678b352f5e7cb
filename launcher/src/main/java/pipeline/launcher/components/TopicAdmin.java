package pipeline.launcher.components;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.kafka.KafkaFailures;
import pipeline.events.kafka.KafkaFailures.Kind;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.setup.StartException;

/** Creates and inspects the topic. Throws a {@link KafkaException} if Kafka does not answer in time. */
public final class TopicAdmin implements AutoCloseable {
    private static final int PARTITIONS = 3;
    private static final Map<String, String> CONFIGS = Map.of(
            "cleanup.policy",
            "delete",
            "retention.ms",
            Long.toString(Duration.ofDays(7).toMillis()));
    private static final String DESCRIBE = AclOperation.DESCRIBE.name();
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int PING_MILLIS = 1_000;
    private static final Duration PING_PAUSE = Duration.ofMillis(200);

    private final KafkaEndpoint kafka;
    private Admin admin;

    public TopicAdmin(KafkaEndpoint kafka) {
        this.kafka = kafka;
    }

    /**
     * Created on first use, and again after a failure: it cannot be created without a token, or while the broker's host name does
     * not resolve.
     *
     * @throws StartException when Kafka's client does not accept its settings
     */
    private synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> settings = kafka.adminSettings(TIMEOUT_MILLIS);
            settings.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
            try {
                admin = Admin.create(settings);
            } catch (KafkaException e) {
                if (KafkaFailures.kind(e) == Kind.SETTINGS) {
                    throw new StartException(kafka.explain(e, DESCRIBE));
                }
                throw e;
            }
        }
        return admin;
    }

    private Optional<KafkaException> unavailable() {
        try {
            get(admin().describeCluster(new DescribeClusterOptions().timeoutMs(PING_MILLIS))
                    .nodes());
            return Optional.empty();
        } catch (KafkaException e) {
            return Optional.of(e);
        }
    }

    /**
     * Waits for the broker, creates the topic unless it exists, and waits until it can be used.
     *
     * @throws StartException when that is not allowed
     */
    public void create(Supervisor supervisor, Duration limit) throws IOException {
        AtomicReference<KafkaException> last = new AtomicReference<>();
        supervisor.await(() -> "Kafka (" + kafka.explain(last.get(), DESCRIBE) + ")", limit, PING_PAUSE, () -> {
            last.set(unavailable().orElse(null));
            return last.get() == null;
        });
        try {
            create();
        } catch (KafkaException e) {
            throw new StartException(kafka.explain(e, DESCRIBE));
        }
        supervisor.await("topic " + kafka.topic(), limit, this::isReady);
    }

    /**
     * Creates the topic with as many replicas as the broker's default says; an existing one is not changed.
     *
     * @throws StartException when that is not allowed
     */
    public void create() {
        if (exists()) {
            return;
        }
        NewTopic topic = new NewTopic(kafka.topic(), Optional.of(PARTITIONS), Optional.empty()).configs(CONFIGS);
        try {
            get(admin().createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // another client has just created it
        } catch (AuthorizationException e) {
            throw new StartException(kafka.explain(e, AclOperation.CREATE.name())
                    + "\nthe topic does not exist yet; to create it as an administrator: " + createCommand());
        }
    }

    private boolean exists() {
        try {
            partitions();
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        }
    }

    private String createCommand() {
        return "kafka-topics --bootstrap-server " + kafka.bootstrapServers().split(",")[0]
                + " --command-config ADMIN_FILE --create --topic " + kafka.topic() + " --partitions " + PARTITIONS
                + CONFIGS.entrySet().stream()
                        .map(config -> " --config " + config)
                        .sorted()
                        .collect(Collectors.joining());
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
        return get(admin().describeTopics(List.of(kafka.topic())).allTopicNames())
                .get(kafka.topic())
                .partitions();
    }

    /** Returns the first offset that is still available in each partition. */
    public Map<Integer, Long> firstOffsets() {
        return offsets(OffsetSpec.earliest());
    }

    /** Returns the last stable offset of each partition: the job cannot read what is after it yet. */
    public Map<Integer, Long> endOffsets() {
        return offsets(OffsetSpec.latest());
    }

    private Map<Integer, Long> offsets(OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> question = partitions().stream()
                .map(partition -> new TopicPartition(kafka.topic(), partition.partition()))
                .collect(Collectors.toMap(partition -> partition, partition -> spec));
        Map<Integer, Long> offsets = new TreeMap<>();
        get(admin().listOffsets(question, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
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
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}

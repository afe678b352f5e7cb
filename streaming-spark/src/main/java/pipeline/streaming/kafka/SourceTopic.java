package pipeline.streaming.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.kafka.KafkaFailures;
import pipeline.events.kafka.KafkaFailures.Kind;
import pipeline.events.kafka.TopicWait;
import pipeline.events.offsets.TopicIdentity;
import pipeline.streaming.lifecycle.CannotContinueException;

/** The topic that the job reads, as the broker describes it. */
public final class SourceTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTopic.class);

    /** At first; four times as long after each time-out of a broker that accepts connections, which may be far away. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(4500);

    private static final Duration LONGEST_REQUEST_TIMEOUT = REQUEST_TIMEOUT.multipliedBy(16);

    /** Brokers, and firewalls between them and the job, close connections that stay idle for much longer than this. */
    private static final Duration BETWEEN_USES = Duration.ofSeconds(20);

    private static final DescribeTopicsOptions WITH_RIGHTS =
            new DescribeTopicsOptions().includeAuthorizedOperations(true);

    private final KafkaEndpoint kafka;
    private final ScheduledExecutorService keepAlive;
    private final TopicWait wait;
    private Duration requestTimeout = REQUEST_TIMEOUT;
    private Client client;
    private long closedBefore;
    private volatile long used;

    public SourceTopic(KafkaEndpoint kafka) {
        this.kafka = kafka;
        this.wait = new TopicWait(problem -> LOG.warn("Waiting to read topic {}: {}", kafka.topic(), problem));
        this.keepAlive = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "topic-keep-alive");
            thread.setDaemon(true);
            return thread;
        });
        keepAlive.scheduleWithFixedDelay(
                this::useConnections, BETWEEN_USES.toMillis(), BETWEEN_USES.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A connection that is closed because it was idle during a long batch would look like a restarted broker. */
    private void useConnections() {
        try {
            if (isConnected() && System.nanoTime() - used > BETWEEN_USES.toNanos()) {
                snapshot();
            }
        } catch (KafkaException e) {
            LOG.debug("The next batch waits for this: {}", explain(e));
        }
    }

    private synchronized boolean isConnected() {
        return client != null;
    }

    /**
     * The topic at one moment.
     *
     * @param beginnings the first offset that the broker still has, for each partition
     * @param ends the last stable offset of each partition: no transaction is open before it
     * @param highWatermarks the offset after the last one that consumers may read, for each partition
     * @param leadership differs from an earlier one if a log may have been replaced since then
     */
    public record Snapshot(
            TopicIdentity identity,
            Map<Integer, Long> beginnings,
            Map<Integer, Long> ends,
            Map<Integer, Long> highWatermarks,
            Leadership leadership) {

        /** Returns how many offsets there are from these to the topic's end. Other partitions count from their first offset. */
        public long lag(Map<Integer, Long> until) {
            return ends.keySet().stream()
                    .mapToLong(
                            partition -> ends.get(partition) - until.getOrDefault(partition, beginnings.get(partition)))
                    .sum();
        }
    }

    /**
     * Who leads the partitions.
     *
     * @param epochs the leader epoch of each partition
     * @param closed how many connections to brokers have ended so far. A broker whose data was replaced by a copy may continue
     *     with the same epoch, but it must have been restarted
     */
    public record Leadership(Map<Integer, Integer> epochs, long closed) {}

    /** An admin client, and how many connections had ended before it was created. */
    private record Client(Admin admin, long closedBefore) {
        long closed() {
            return closedBefore
                    + admin.metrics().values().stream()
                            .filter(metric -> metric.metricName().name().equals("connection-close-total"))
                            .mapToLong(metric -> ((Number) metric.metricValue()).longValue())
                            .sum();
        }
    }

    /**
     * Returns the topic as soon as the broker has it and allows reading it; logs every ten seconds what it is waiting for.
     *
     * @throws CannotContinueException when Kafka's client does not accept its settings
     */
    public Snapshot await() throws InterruptedException {
        return await(snapshot -> snapshot);
    }

    /**
     * Returns what {@code look} makes of the topic. After a {@link KafkaException}, logs that and tries again.
     *
     * @throws CannotContinueException when Kafka's client does not accept its settings, or when {@code look} throws it
     */
    public <T> T await(Function<Snapshot, T> look) throws InterruptedException {
        AtomicReference<T> found = new AtomicReference<>();
        wait.await(
                () -> {
                    try {
                        found.set(look.apply(snapshot()));
                        return Optional.empty();
                    } catch (KafkaException e) {
                        return Optional.of(problem(e));
                    }
                },
                () -> false);
        return found.get();
    }

    private String problem(KafkaException e) {
        if (KafkaFailures.kind(e) == Kind.SETTINGS) {
            throw new CannotContinueException(explain(e));
        }
        return explain(e);
    }

    /** Returns one line about what a client of the job threw. */
    public String explain(Throwable failure) {
        return kafka.explain(failure, "READ");
    }

    /**
     * Returns the topic as it is now.
     *
     * @throws KafkaException when the broker does not answer in time, does not have the topic, or denies reading it
     */
    public Snapshot snapshot() {
        Client asked = client();
        long began = System.nanoTime();
        used = began;
        try {
            Snapshot now = snapshot(asked);
            used = System.nanoTime();
            if (used - began < REQUEST_TIMEOUT.toNanos() / 4) {
                isNear();
            }
            return now;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                giveUp(asked);
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    public Admin admin() {
        return client().admin();
    }

    /** Created on first use: it cannot be created while the broker's host name does not resolve. */
    private synchronized Client client() {
        if (client == null) {
            client = new Client(Admin.create(kafka.adminSettings((int) requestTimeout.toMillis())), closedBefore);
        }
        return client;
    }

    private synchronized void isNear() {
        requestTimeout = REQUEST_TIMEOUT;
    }

    /** Kafka's client (3.4.1) waits for the brokers that it knew last, and never asks the bootstrap servers again. */
    private synchronized void giveUp(Client silent) {
        if (client == silent) {
            if (KafkaFailures.anyAccepts(kafka.bootstrapServers())
                    && requestTimeout.compareTo(LONGEST_REQUEST_TIMEOUT) < 0) {
                requestTimeout = requestTimeout.multipliedBy(4);
            }
            closedBefore = silent.closed() + 1;
            silent.admin().close(Duration.ZERO);
            client = null;
        }
    }

    public String name() {
        return kafka.topic();
    }

    @Override
    public synchronized void close() {
        keepAlive.shutdownNow();
        if (client != null) {
            client.admin().close(Duration.ZERO);
        }
    }

    private Snapshot snapshot(Client client) throws ExecutionException, InterruptedException {
        Admin admin = client.admin();
        String clusterId = admin.describeCluster().clusterId().get();
        TopicDescription description = admin.describeTopics(List.of(name()), WITH_RIGHTS)
                .allTopicNames()
                .get()
                .get(name());
        requireRead(description);
        Map<Integer, Integer> epochs = new TreeMap<>();
        var stable = offsets(admin, description, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        stable.forEach(
                (partition, end) -> epochs.put(partition, end.leaderEpoch().orElse(-1)));
        return new Snapshot(
                new TopicIdentity(clusterId, name(), description.topicId().toString()),
                numbers(offsets(admin, description, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED)),
                numbers(stable),
                numbers(offsets(admin, description, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED)),
                new Leadership(epochs, client.closed()));
    }

    /** Checked here, so that the job waits for a missing right; a query would fail again and again. */
    private static void requireRead(TopicDescription topic) {
        // Null if the broker does not report the rights.
        if (topic.authorizedOperations() != null
                && !topic.authorizedOperations().contains(AclOperation.READ)) {
            throw new TopicAuthorizationException(topic.name());
        }
    }

    private static Map<Integer, ListOffsetsResultInfo> offsets(
            Admin admin, TopicDescription topic, OffsetSpec spec, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = topic.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.name(), partition.partition()), partition -> spec));
        Map<Integer, ListOffsetsResultInfo> offsets = new TreeMap<>();
        admin.listOffsets(partitions, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, found) -> offsets.put(partition.partition(), found));
        return offsets;
    }

    private static Map<Integer, Long> numbers(Map<Integer, ListOffsetsResultInfo> offsets) {
        Map<Integer, Long> numbers = new TreeMap<>();
        offsets.forEach((partition, found) -> numbers.put(partition, found.offset()));
        return numbers;
    }
}

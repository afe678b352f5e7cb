package pipeline.validator.kafka;

import static java.util.stream.Collectors.toMap;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.security.oauthbearer.ClientJwtValidator;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.settings.Settings;

/** Asks Kafka for the offsets of the topic, if a broker is set. Gives up after a short time without an answer. */
@ApplicationScoped
// The class that Kafka's client finds by name when it logs in with a token, and that Quarkus does not register.
@RegisterForReflection(targets = ClientJwtValidator.class)
public class KafkaTopic {
    private static final int TIME_LIMIT_MS = 3_000;

    private final Optional<KafkaEndpoint> kafka;

    KafkaTopic(Settings settings) {
        this.kafka = KafkaEndpoint.optional(settings);
    }

    /**
     * @param committed the next offset to commit, for each partition; events from there on are waiting
     * @param uncommitted whether all events of the other partitions are waiting, too
     */
    public TopicState state(Map<Integer, Long> committed, boolean uncommitted) {
        return kafka.map(endpoint -> ask(endpoint, committed, uncommitted)).orElseGet(TopicState.NotConfigured::new);
    }

    private static TopicState ask(KafkaEndpoint kafka, Map<Integer, Long> committed, boolean uncommitted) {
        try (Admin admin = Admin.create(configuration(kafka))) {
            return known(admin, kafka, committed, uncommitted);
        } catch (ExecutionException | KafkaException e) {
            return new TopicState.Unknown(kafka.explain(e, AclOperation.DESCRIBE.name()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TopicState.Unknown("The request to Kafka was interrupted");
        }
    }

    private static Map<String, Object> configuration(KafkaEndpoint kafka) {
        Map<String, Object> configuration = kafka.adminSettings(TIME_LIMIT_MS);
        configuration.putIfAbsent(AdminClientConfig.CLIENT_ID_CONFIG, "validator");
        configuration.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return configuration;
    }

    private static TopicState known(Admin admin, KafkaEndpoint kafka, Map<Integer, Long> committed, boolean uncommitted)
            throws ExecutionException, InterruptedException {
        var cluster = admin.describeCluster().clusterId();
        TopicDescription description = admin.describeTopics(List.of(kafka.topic()))
                .topicNameValues()
                .get(kafka.topic())
                .get();
        List<TopicPartition> partitions = description.partitions().stream()
                .map(partition -> new TopicPartition(kafka.topic(), partition.partition()))
                .toList();
        var highWatermarks = offsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        // What arrives between these two answers is not behind an open transaction.
        highWatermarks.all().get();
        var stable = offsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        var firsts = offsets(admin, partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        SortedMap<Integer, OffsetRange> offsets = new TreeMap<>();
        Map<TopicPartition, Long> waiting = new HashMap<>();
        Map<TopicPartition, Long> open = new HashMap<>();
        long behindOpen = 0;
        for (TopicPartition partition : partitions) {
            long from = firsts.partitionResult(partition).get().offset();
            long until = Math.max(from, stable.partitionResult(partition).get().offset());
            offsets.put(partition.partition(), new OffsetRange(from, until));
            long next = committed.getOrDefault(partition.partition(), uncommitted ? from : until);
            if (next < until) {
                waiting.put(partition, Math.max(next, from));
            }
            long behind = highWatermarks.partitionResult(partition).get().offset() - until;
            if (behind > 0) {
                open.put(partition, until);
                behindOpen += behind;
            }
        }
        return new TopicState.Known(
                new TopicIdentity(
                        cluster.get(), kafka.topic(), description.topicId().toString()),
                offsets,
                new BacklogReader(admin, kafka.topic()).read(waiting),
                new TransactionReader(admin, kafka).read(open, behindOpen),
                ProcessHandle.current().info().startInstant().orElse(Instant.MAX));
    }

    private static ListOffsetsResult offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
        return admin.listOffsets(
                partitions.stream().collect(toMap(partition -> partition, partition -> spec)),
                new ListOffsetsOptions(isolation));
    }
}

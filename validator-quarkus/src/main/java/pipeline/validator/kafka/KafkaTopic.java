package pipeline.validator.kafka;

import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.output.OffsetRange;
import pipeline.events.settings.Settings;

/** Asks Kafka for the offsets of the topic, if a broker is set. Gives up after a short time without an answer. */
@ApplicationScoped
public class KafkaTopic {
    private static final int TIME_LIMIT_MS = 3_000;

    private final Optional<KafkaEndpoint> kafka;

    KafkaTopic(Settings settings) {
        this.kafka = KafkaEndpoint.optional(settings);
    }

    /** @param committed the next offset to commit, for each partition; events from there on are waiting */
    public TopicState state(Map<Integer, Long> committed) {
        return kafka.map(endpoint -> ask(endpoint, committed)).orElseGet(TopicState.NotConfigured::new);
    }

    private static TopicState ask(KafkaEndpoint kafka, Map<Integer, Long> committed) {
        try (Admin admin = Admin.create(configuration(kafka))) {
            return known(admin, kafka.topic(), committed);
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

    private static TopicState known(Admin admin, String topic, Map<Integer, Long> committed)
            throws ExecutionException, InterruptedException {
        var cluster = admin.describeCluster().clusterId();
        TopicDescription description = admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get();
        List<TopicPartition> partitions = description.partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        var ends = offsets(admin, partitions, OffsetSpec.latest());
        var firsts = offsets(admin, partitions, OffsetSpec.earliest());
        SortedMap<Integer, OffsetRange> offsets = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            long from = firsts.partitionResult(partition).get().offset();
            long until = ends.partitionResult(partition).get().offset();
            offsets.put(partition.partition(), new OffsetRange(from, Math.max(from, until)));
        }
        Optional<TopicState.Backlog> backlog = new BacklogReader(admin, topic).read(committed, offsets);
        return new TopicState.Known(topic, description.topicId().toString(), cluster.get(), offsets, backlog);
    }

    private static ListOffsetsResult offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec spec) {
        return admin.listOffsets(partitions.stream().collect(toMap(partition -> partition, partition -> spec)));
    }
}

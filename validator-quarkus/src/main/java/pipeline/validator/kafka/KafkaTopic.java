package pipeline.validator.kafka;

import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
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
import pipeline.events.output.OffsetRange;
import pipeline.events.settings.Settings;

/** Asks Kafka for the offsets of the topic, if a broker is set. Gives up after a short time without an answer. */
@ApplicationScoped
public class KafkaTopic {
    private static final int TIME_LIMIT_MS = 3_000;

    private final Settings settings;

    KafkaTopic(Settings settings) {
        this.settings = settings;
    }

    public TopicState state() {
        return settings.optionalKafkaBootstrapServers().map(this::ask).orElseGet(TopicState.NotConfigured::new);
    }

    private TopicState ask(String servers) {
        try (Admin admin = Admin.create(configuration(servers))) {
            return known(admin, settings.kafkaTopic());
        } catch (ExecutionException e) {
            return new TopicState.Unreachable(servers, oneLine(e.getCause()));
        } catch (KafkaException e) {
            return new TopicState.Unreachable(servers, oneLine(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TopicState.Unreachable(servers, "interrupted");
        }
    }

    private static Map<String, Object> configuration(String servers) {
        return Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                AdminClientConfig.CLIENT_ID_CONFIG, "validator",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIME_LIMIT_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIME_LIMIT_MS,
                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    }

    private static TopicState known(Admin admin, String topic) throws ExecutionException, InterruptedException {
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
        return new TopicState.Known(topic, description.topicId().toString(), cluster.get(), offsets);
    }

    private static ListOffsetsResult offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec spec) {
        return admin.listOffsets(partitions.stream().collect(toMap(partition -> partition, partition -> spec)));
    }

    private static String oneLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}

package pipeline.validator.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import pipeline.events.output.OffsetRange;
import pipeline.events.settings.Settings;

/** Asks Kafka for the offsets of the topic, if a broker is set. Gives up after a short time without an answer. */
@ApplicationScoped
public class KafkaTopic {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

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
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        configuration.put(AdminClientConfig.CLIENT_ID_CONFIG, "validator");
        configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis());
        configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis());
        configuration.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return configuration;
    }

    private static TopicState known(Admin admin, String topic) throws ExecutionException, InterruptedException {
        var cluster = admin.describeCluster().clusterId();
        TopicDescription description = admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get();
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        Map<TopicPartition, OffsetSpec> end = new HashMap<>();
        description.partitions().forEach(partition -> {
            first.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
            end.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
        });
        var ends = admin.listOffsets(end).all();
        Map<TopicPartition, ListOffsetsResultInfo> firsts =
                admin.listOffsets(first).all().get();
        SortedMap<Integer, OffsetRange> offsets = new TreeMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> partition :
                ends.get().entrySet()) {
            long from = firsts.get(partition.getKey()).offset();
            long until = partition.getValue().offset();
            offsets.put(partition.getKey().partition(), new OffsetRange(from, Math.max(from, until)));
        }
        return new TopicState.Known(topic, description.topicId().toString(), cluster.get(), offsets);
    }

    private static String oneLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}

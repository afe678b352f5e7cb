package pipeline.endtoend.faults.scenarios;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.launcher.components.TopicAdmin;

/** What can happen to a topic while the job is not reading it. */
final class TopicChanges {
    private final SystemUnderTest system;

    TopicChanges(SystemUnderTest system) {
        this.system = system;
    }

    /** Creates the topic with three partitions and these settings. */
    void create(Map<String, String> settings) {
        NewTopic topic = new NewTopic(system.topicName(), 3, (short) 1).configs(settings);
        get(admin -> admin.createTopics(List.of(topic)).all());
        try (TopicAdmin created = system.topic()) {
            await("each partition has a leader").atMost(Duration.ofMinutes(1)).until(created::isReady);
        }
    }

    void growTo(int partitions) {
        get(admin -> admin.createPartitions(Map.of(system.topicName(), NewPartitions.increaseTo(partitions)))
                .all());
        try (TopicAdmin topic = system.topic()) {
            await("each partition has a leader")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> topic.isReady() && topic.endOffsets().size() == partitions);
        }
    }

    /** Deletes all events of the topic, as retention would. */
    void ageOut() {
        Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
        try (TopicAdmin topic = system.topic()) {
            topic.endOffsets()
                    .forEach((partition, end) -> before.put(
                            new TopicPartition(system.topicName(), partition), RecordsToDelete.beforeOffset(end)));
        }
        get(admin -> admin.deleteRecords(before).all());
    }

    void delete() {
        get(admin -> admin.deleteTopics(List.of(system.topicName())).all());
    }

    private interface Request {
        KafkaFuture<Void> by(Admin admin);
    }

    private void get(Request request) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", system.bootstrapServers()))) {
            request.by(admin).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(system.topicName(), e);
        }
    }
}

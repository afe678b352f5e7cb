package pipeline.launcher.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.Guard;
import pipeline.launcher.process.StopRequest;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.setup.Ports;

/** The real broker, on free ports. */
class BrokerIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path temp;

    @Test
    void keepsTopicAndEventsOverAnEndAndAMoveOfItsFolder() throws IOException {
        Path here = temp.resolve("here, with a comma");
        try (Node node = new Node(here)) {
            node.send();
        }
        Path there = Files.move(here, temp.resolve("there"));

        try (Node node = new Node(there)) {
            assertThat(node.topic.endOffsets()).contains(entry(1, 1L));
            assertThat(node.topic.firstOffsets()).containsExactly(entry(0, 0L), entry(1, 0L), entry(2, 0L));
            assertThat(node.config("retention.ms")).isEqualTo("604800000");
            assertThat(node.config("cleanup.policy")).isEqualTo("delete");
        }
    }

    /** A running broker. */
    private static final class Node implements AutoCloseable {
        private final int port = Ports.free();
        private final Guard guard = Guard.start();
        private final Supervisor supervisor;
        private final TopicAdmin topic;

        Node(Path folder) throws IOException {
            Path logs = Files.createDirectories(folder.resolve("logs"));
            Console console = Console.standardOutput(false, Map.of());
            supervisor = new Supervisor(logs, console, guard, new StopRequest());
            new Broker(folder, port, System.getenv()).start(supervisor, console, UnaryOperator.identity());
            topic = new TopicAdmin(new KafkaEndpoint("localhost:" + port, "events", KafkaClientConfig.none()));
            topic.create(supervisor, LIMIT);
        }

        void send() {
            Map<String, Object> config = Map.of("bootstrap.servers", "localhost:" + port);
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("events", 1, "1", "an event"))
                        .get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        String config(String name) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, "events");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + port))) {
                Config config =
                        admin.describeConfigs(List.of(resource)).all().get().get(resource);
                return config.get(name).value();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            topic.close();
            supervisor.stopAll();
            guard.close();
        }
    }
}

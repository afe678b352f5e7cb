package pipeline.launcher.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.launcher.components.Broker;
import pipeline.launcher.components.TopicAdmin;
import pipeline.launcher.setup.FileTree;
import pipeline.launcher.setup.Ports;

/**
 * Runs a broker in this process, on free ports and in a temporary folder, and asks it what the launcher asks, so that Java can
 * archive the classes that both load: {@code java -XX:ArchiveClassesAtExit=launcher.jsa -cp launcher.jar
 * pipeline.launcher.training.TrainingRun}. A launcher, and a broker, that starts with {@code -XX:SharedArchiveFile=launcher.jsa}
 * does not have to load and verify them again.
 */
final class TrainingRun {
    private static final String TOPIC = "events";

    private TrainingRun() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("training");
        int port = Ports.free();
        try {
            KafkaRaftServer broker = new KafkaRaftServer(new KafkaConfig(formatted(folder, port)), Time.SYSTEM);
            broker.startup();
            use("localhost:" + port);
            broker.shutdown();
            broker.awaitShutdown();
        } finally {
            FileTree.delete(folder);
        }
        System.exit(0);
    }

    private static Map<?, ?> formatted(Path folder, int port) throws IOException {
        new Broker(folder, port, Map.of()).configure(Ports.free());
        String config = folder.resolve("server.properties").toString();
        Files.writeString(Path.of(config), "log.dirs=" + folder.resolve("data"), StandardOpenOption.APPEND);
        String[] format = {
            "format", "--config", config, "--cluster-id", Uuid.randomUuid().toString()
        };
        StorageTool.execute(format, System.out);
        return Utils.loadProps(config);
    }

    private static void use(String bootstrapServers) throws Exception {
        try (TopicAdmin topic = new TopicAdmin(new KafkaEndpoint(bootstrapServers, TOPIC, KafkaClientConfig.none()))) {
            topic.create();
            while (!topic.isReady()) {
                Thread.sleep(50);
            }
            topic.firstOffsets();
            topic.endOffsets();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, "", "")).get();
        }
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {}
        }
    }
}

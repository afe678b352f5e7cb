package pipeline.producer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Gives the application under test a real broker with a topic, and a rate. */
public final class BrokerWithTopic implements QuarkusTestResourceLifecycleManager {
    static final String TOPIC = "endpoints";

    private Path directory;
    private BrokerProcess broker;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("broker");
            broker = BrokerProcess.start(directory);
            broker.createTopic(TOPIC);
        } catch (Exception e) {
            throw new IllegalStateException("no broker", e);
        }
        return Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.servers(), "KAFKA_TOPIC", TOPIC, "MSGS_PER_SEC", "100");
    }

    @Override
    public void stop() {
        broker.close();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package pipeline.producer.training;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import pipeline.events.settings.Settings;
import pipeline.producer.config.ProducerSettings;

/**
 * Starts the producer once, without Kafka, so that Java can archive the classes that it loads:
 * {@code java -XX:ArchiveClassesAtExit=producer-quarkus.jsa -cp quarkus-run.jar pipeline.producer.training.TrainingRun}. A
 * producer that starts with {@code -XX:SharedArchiveFile=producer-quarkus.jsa} does not have to load and verify them again.
 */
public final class TrainingRun implements QuarkusApplication {
    private static final String NOBODY = "127.0.0.1:1";
    private static final List<String> REQUESTS = List.of("/q/health/live", "/q/health/ready", "/q/metrics");

    public static void main(String[] args) {
        ProducerSettings.apply(new Settings(Map.of(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), NOBODY)));
        System.setProperty("quarkus.http.host", "127.0.0.1");
        System.setProperty("quarkus.http.port", "0");
        Quarkus.run(TrainingRun.class, args);
    }

    /** Called when all has started. */
    @Override
    public int run(String... args) throws IOException {
        createClient();
        URI server = CDI.current().select(HttpServer.class).get().getLocalBaseUri();
        for (String path : REQUESTS) {
            request(server.resolve(path));
        }
        return 0;
    }

    /** The channel would create it with the first event. Its thread needs a moment to load the classes of Kafka's protocol. */
    private static void createClient() {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                NOBODY,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                1_000,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "gzip",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true);
        try (var client = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            client.partitionsFor("events");
        } catch (TimeoutException e) {
            // there is no broker
        }
    }

    /** The answer may be 503, since there is no broker. */
    private static void request(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try (InputStream answer =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            answer.transferTo(OutputStream.nullOutputStream());
        }
    }
}

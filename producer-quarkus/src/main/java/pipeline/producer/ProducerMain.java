package pipeline.producer;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jboss.logging.Logger;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;
import pipeline.producer.config.SettingsSource;

/** Checks the settings before anything starts: a wrong one is one line on stderr and exit code 2. */
@QuarkusMain
public class ProducerMain {
    private static final int EXIT_BAD_SETUP = 2;

    public static void main(String... args) {
        Settings settings = Settings.fromEnvironment();
        try {
            check(settings);
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_BAD_SETUP);
        }
        // Quarkus keeps the line until logging is set up, and then writes it first.
        Logger.getLogger(ProducerMain.class).info(startLine(settings));
        Quarkus.run(args);
    }

    static void check(Settings settings) {
        settings.kafkaBootstrapServers();
        settings.kafkaTopic();
        settings.msgsPerSec();
        settings.eventLimit();
        int port = settings.producerPort();
        // In dev mode the port belongs to Quarkus already when main runs again after a change.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            requireFree(Integer.getInteger("quarkus.http.port", port));
        }
    }

    /** Before the start, since Quarkus opens the port only after the first events may have been sent. */
    private static void requireFree(int port) {
        String host = System.getenv().getOrDefault("QUARKUS_HTTP_HOST", "127.0.0.1");
        try {
            new ServerSocket(port, 1, InetAddress.getByName(host)).close();
        } catch (BindException e) {
            throw new InvalidSettingException(
                    Settings.PRODUCER_PORT,
                    Integer.toString(port),
                    "a free port is needed, and " + host + ":" + port + " can't be opened (" + e.getMessage() + ")");
        } catch (IOException e) {
            Logger.getLogger(ProducerMain.class).debugf(e, "%s:%d is left for Quarkus to report", host, port);
        }
    }

    static String startLine(Settings settings) {
        return "Producer starting. Kafka=%s, topic=%s, msgs/sec=%s"
                .formatted(
                        settings.kafkaBootstrapServers(), settings.kafkaTopic(), SettingsSource.msgsPerSec(settings));
    }
}

package pipeline.producer;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jboss.logging.Logger;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;
import pipeline.producer.config.ProducerSettings;

/** Checks the settings before Quarkus starts: an invalid one is reported in one line on stderr, with exit code 2. */
@QuarkusMain
public class ProducerMain {
    private static final Logger LOG = Logger.getLogger(ProducerMain.class);
    static final int EXIT_BAD_SETUP = 2;

    public static void main(String... args) {
        Settings settings = ProducerSettings.given();
        try {
            check(settings);
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_BAD_SETUP);
        }
        ProducerSettings.apply(settings);
        // Quarkus holds this line back until logging is set up, then writes it first.
        LOG.info(startLine(settings));
        Quarkus.run(args);
    }

    private static void check(Settings settings) {
        KafkaEndpoint.of(settings);
        settings.msgsPerSec();
        settings.eventLimit();
        settings.producerPort();
        settings.hosts(Settings.PRODUCER_HOSTS);
        // In dev mode, main runs again after each change while Quarkus keeps the port open.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            requireFree(settings, settings.portVariable(Settings.PRODUCER_PORT));
        }
    }

    /** Quarkus itself opens the port only after the first events may have been sent. */
    private static void requireFree(Settings settings, String variable) {
        int port = Integer.getInteger("quarkus.http.port", settings.port(variable));
        String host = settings.environment().getOrDefault("QUARKUS_HTTP_HOST", "127.0.0.1");
        try {
            new ServerSocket(port, 1, InetAddress.getByName(host)).close();
        } catch (BindException e) {
            throw new InvalidSettingException(
                    variable,
                    Integer.toString(port),
                    "a free port is needed, and " + host + ":" + port + " can't be opened (" + e.getMessage() + ")");
        } catch (IOException e) {
            LOG.debugf(e, "Quarkus will report why %s cannot be opened", host);
        }
    }

    static String startLine(Settings settings) {
        return "Producer starting. Kafka=" + settings.kafkaBootstrapServers() + ", topic=" + settings.kafkaTopic()
                + ", msgs/sec=" + settings.text(Settings.MSGS_PER_SEC);
    }
}

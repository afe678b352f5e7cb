package pipeline.producer;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Set;
import org.jboss.logging.Logger;
import pipeline.events.settings.Component;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.PortCheck;
import pipeline.events.settings.Settings;
import pipeline.producer.config.NoForeignSettings;
import pipeline.producer.config.ProducerSettings;

/** Checks the settings before Quarkus starts: each invalid one is reported in one line on stderr, with exit code 2. */
@QuarkusMain
public class ProducerMain {
    private static final Logger LOG = Logger.getLogger(ProducerMain.class);
    static final int EXIT_BAD_SETUP = 2;

    public static void main(String... args) {
        Settings settings = Settings.ofProcess();
        try {
            check(settings);
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_BAD_SETUP);
        }
        ProducerSettings.apply(settings);
        // Quarkus holds this line back until logging is set up, then writes it first.
        LOG.info(startLine(settings));
        Set<String> leftOut = NoForeignSettings.leftOut(System.getenv().keySet());
        if (!leftOut.isEmpty()) {
            LOG.info("Not used: " + String.join(", ", leftOut) + ". Settings of the Kafka client belong in "
                    + Settings.KAFKA_CONFIG_FILE);
        }
        Quarkus.run(args);
    }

    private static void check(Settings settings) {
        settings.check(Component.PRODUCER);
        ProducerSession.generator(settings);
        // In dev mode, main runs again after each change while Quarkus keeps the port open.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            PortCheck.requireFree(settings, Settings.PRODUCER_PORT);
        }
    }

    static String startLine(Settings settings) {
        return "Producer starting. Kafka=" + settings.get(Settings.KAFKA_BOOTSTRAP_SERVERS) + ", topic="
                + settings.get(Settings.KAFKA_TOPIC) + ", msgs/sec=" + settings.text(Settings.MSGS_PER_SEC);
    }
}

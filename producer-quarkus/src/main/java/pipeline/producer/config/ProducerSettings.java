package pipeline.producer.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.settings.Settings;

/** Connects {@link Settings} with Quarkus' configuration, where tests can override them. */
@ApplicationScoped
public class ProducerSettings {
    private static final List<String> NAMES = List.of(
            Settings.KAFKA_BOOTSTRAP_SERVERS,
            Settings.KAFKA_TOPIC,
            Settings.KAFKA_CONFIG_FILE,
            Settings.MSGS_PER_SEC,
            Settings.EVENT_LIMIT,
            Settings.PRODUCER_PORT,
            Settings.PRODUCER_HOSTS);

    /** Returns the settings of this process: environment variables, unless a system property overrides them. */
    public static Settings given() {
        Map<String, String> given = new HashMap<>(System.getenv());
        System.getProperties().stringPropertyNames().stream()
                .filter(NAMES::contains)
                .forEach(name -> given.put(name, System.getProperty(name)));
        return new Settings(given);
    }

    /** Sets what application.properties refers to: Quarkus would not use the default for an empty variable. */
    public static void apply(Settings settings) {
        NAMES.forEach(name -> System.setProperty(name, settings.text(name)));
    }

    @Produces
    @Singleton
    static Settings settings(Config config) {
        Map<String, String> values = new HashMap<>();
        NAMES.forEach(name -> config.getOptionalValue(name, String.class).ifPresent(value -> values.put(name, value)));
        return new Settings(values);
    }

    @Produces
    @Singleton
    static KafkaEndpoint kafka(Settings settings) {
        return KafkaEndpoint.of(settings);
    }
}

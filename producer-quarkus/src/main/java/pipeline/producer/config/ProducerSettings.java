package pipeline.producer.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.settings.Component;
import pipeline.events.settings.Settings;

/** Connects {@link Settings} with Quarkus' configuration, where tests can override them. */
@ApplicationScoped
public class ProducerSettings {
    /** Sets what application.properties refers to: Quarkus would not use the default for an empty variable. */
    public static void apply(Settings settings) {
        Settings.readBy(Set.of(Component.PRODUCER))
                .forEach(setting -> System.setProperty(setting.name(), settings.text(setting)));
    }

    @Produces
    @Singleton
    static Settings settings(Config config) {
        return Settings.of(Component.PRODUCER, name -> config.getOptionalValue(name, String.class));
    }

    @Produces
    @Singleton
    static KafkaEndpoint kafka(Settings settings) {
        return KafkaEndpoint.of(settings);
    }
}

package pipeline.producer.config;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pipeline.events.settings.Settings;

/**
 * Keeps settings that are meant for other programs away from the channel's client: Quarkus would turn each variable whose name
 * begins with {@code KAFKA_} into one. The client's settings are those of {@code KAFKA_CONFIG_FILE}.
 */
@ApplicationScoped
public class NoForeignSettings {
    /** Replaces the settings that Quarkus finds. */
    @Produces
    @ApplicationScoped
    @Identifier("default-kafka-broker") Map<String, Object> ofClients() {
        return Map.of();
    }

    /** Returns the names of the variables that are left out, in alphabetical order. */
    public static Set<String> leftOut(Set<String> variables) {
        Set<String> leftOut = new TreeSet<>(variables);
        Settings.all().forEach(setting -> leftOut.remove(setting.name()));
        leftOut.removeIf(name -> !name.startsWith("KAFKA_"));
        return leftOut;
    }
}

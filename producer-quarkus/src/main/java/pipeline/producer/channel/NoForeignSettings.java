package pipeline.producer.channel;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps client settings out of the channel that are meant for another program: Quarkus makes one of each variable whose name
 * begins with {@code KAFKA_}. The client's settings are those of {@code KAFKA_CONFIG_FILE}.
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
    public static Set<String> leftOut(Collection<String> variables, List<String> ours) {
        Set<String> leftOut = new TreeSet<>(variables);
        leftOut.removeIf(name -> !name.startsWith("KAFKA_") || ours.contains(name));
        return leftOut;
    }
}

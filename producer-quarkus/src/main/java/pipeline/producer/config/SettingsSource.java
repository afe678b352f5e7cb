package pipeline.producer.config;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;
import pipeline.events.settings.Settings;

/**
 * Gives {@code application.properties} the settings under their names in the environment, with the defaults of
 * {@link Settings}. So a default stands in one place, and a value means the same to Quarkus as to the check at the start:
 * an empty one is unset, and neither system properties nor an {@code .env} in the working folder change it.
 */
public final class SettingsSource implements ConfigSource {
    /** Above the system properties' 400. */
    private static final int ORDINAL = 500;

    private final Map<String, Supplier<String>> values;

    public SettingsSource() {
        this(Settings.fromEnvironment());
    }

    SettingsSource(Settings settings) {
        values = Map.of(
                Settings.KAFKA_BOOTSTRAP_SERVERS, settings::kafkaBootstrapServers,
                Settings.KAFKA_TOPIC, settings::kafkaTopic,
                Settings.MSGS_PER_SEC, () -> msgsPerSec(settings),
                Settings.EVENT_LIMIT, () -> eventLimit(settings),
                Settings.PRODUCER_PORT, () -> Integer.toString(settings.producerPort()));
    }

    /** Returns the rate as the user wrote it, or else the default: {@code 5}, {@code 0.5}, {@code max}. */
    public static String msgsPerSec(Settings settings) {
        String written = settings.environment().getOrDefault(Settings.MSGS_PER_SEC, "");
        return written.isEmpty()
                ? new BigDecimal(Double.toString(settings.msgsPerSec().orElseThrow()))
                        .stripTrailingZeros()
                        .toPlainString()
                : written;
    }

    /** Empty is how Quarkus is told that an optional value is absent; a missing one would be an error. */
    private static String eventLimit(Settings settings) {
        return settings.eventLimit().isPresent()
                ? Long.toString(settings.eventLimit().getAsLong())
                : "";
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public String getValue(String name) {
        Supplier<String> value = values.get(name);
        return value == null ? null : value.get();
    }

    @Override
    public String getName() {
        return "pipeline settings";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}

package pipeline.events.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.events.settings.Settings;

/**
 * The topic, the brokers that have it, and how clients connect to them.
 *
 * @param bootstrapServers {@code host:port[,…]}
 * @param client the settings of {@code KAFKA_CONFIG_FILE}
 */
public record KafkaEndpoint(String bootstrapServers, String topic, KafkaClientConfig client) {

    /**
     * Returns what the settings say, and {@linkplain AllowedUrls allows} Kafka's clients the URLs of the file.
     *
     * @throws InvalidSettingException when a setting, or a line of the file, is not allowed
     */
    public static KafkaEndpoint of(Settings settings) {
        KafkaEndpoint endpoint = new KafkaEndpoint(
                settings.get(Settings.KAFKA_BOOTSTRAP_SERVERS),
                settings.get(Settings.KAFKA_TOPIC),
                settings.get(Settings.KAFKA_CONFIG_FILE));
        AllowedUrls.allow(endpoint.client());
        return endpoint;
    }

    /**
     * As {@link #of}, for a component that can work without Kafka: empty if no brokers are set.
     *
     * @throws InvalidSettingException when a setting, or a line of the file, is not allowed
     */
    public static Optional<KafkaEndpoint> optional(Settings settings) {
        KafkaEndpoint endpoint = of(settings);
        return settings.ifSet(Settings.KAFKA_BOOTSTRAP_SERVERS).map(given -> endpoint);
    }

    /** Returns the settings of a Kafka client, with their secrets. */
    public Map<String, Object> clientSettings() {
        Map<String, Object> all = new HashMap<>(client.settings());
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }

    /** As {@link #clientSettings}, for an admin client that waits this long for an answer, whatever the file says. */
    public Map<String, Object> adminSettings(int timeoutMillis) {
        Map<String, Object> all = clientSettings();
        all.put("request.timeout.ms", timeoutMillis);
        all.put("default.api.timeout.ms", timeoutMillis);
        return all;
    }

    /**
     * Returns one line about what a client threw, without secrets.
     *
     * @param operation that the component needs on the topic, named as in Kafka's ACLs: {@code READ}
     */
    public String explain(Throwable failure, String operation) {
        return new KafkaFailures(bootstrapServers, client).explain(failure, operation, topic);
    }
}

package pipeline.streaming.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;
import pipeline.events.kafka.KafkaClientConfig;
import pipeline.events.settings.Settings;

/**
 * Gives a Kafka client the settings of {@code KAFKA_CONFIG_FILE} when the client is made. Spark's options only refer to
 * them, as in <code>${file:sasl.jaas.config}</code>: the values are in no plan, page or event of Spark, and they do not go
 * over the network from the driver to the executors. So the file must be at the same path on every machine with an
 * executor. Kafka's own provider would read the file by other rules, and not from a path with a colon.
 */
public final class ClientConfigProvider implements ConfigProvider {
    private static final String NAME = "file";
    private static final String FILE = "file";

    private KafkaClientConfig config = KafkaClientConfig.none();

    /** Returns options for Spark's Kafka source that refer to each of these settings. */
    public static Map<String, String> options(KafkaClientConfig config) {
        Map<String, String> options = new HashMap<>();
        config.file().ifPresent(file -> {
            options.put("kafka.config.providers", NAME);
            options.put("kafka.config.providers." + NAME + ".class", ClientConfigProvider.class.getName());
            options.put("kafka.config.providers." + NAME + ".param." + FILE, file.toString());
            config.settings().keySet().forEach(key -> options.put("kafka." + key, "${" + NAME + ":" + key + "}"));
        });
        return options;
    }

    @Override
    public void configure(Map<String, ?> parameters) {
        config = KafkaClientConfig.of(new Settings(
                Map.of(Settings.KAFKA_CONFIG_FILE, parameters.get(FILE).toString())));
    }

    @Override
    public ConfigData get(String path) {
        return new ConfigData(config.settings());
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        Map<String, String> wanted = new HashMap<>(config.settings());
        wanted.keySet().retainAll(keys);
        return new ConfigData(wanted);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}

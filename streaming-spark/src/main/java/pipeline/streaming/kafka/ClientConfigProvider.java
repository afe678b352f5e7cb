package pipeline.streaming.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;
import pipeline.events.kafka.AllowedUrls;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.events.settings.Settings;

/**
 * Gives a Kafka client the settings of {@code KAFKA_CONFIG_FILE} when the client is created. Spark's options contain only
 * references such as <code>${file:sasl.jaas.config}</code>. So no plan, page or event of Spark contains a value, and no value is
 * sent from the driver to the executors: the file must exist at the same path on every machine with an executor. Kafka's own
 * file provider is not used, since it parses the file by different rules and cannot read a path that contains a colon.
 */
public final class ClientConfigProvider implements ConfigProvider {
    private static final String NAME = "file";
    private static final String FILE = "file";

    private KafkaClientConfig config = KafkaClientConfig.none();

    /** Returns the options of Spark's Kafka source that refer to these settings. */
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
        config = new Settings(Map.of(
                        Settings.KAFKA_CONFIG_FILE.name(), parameters.get(FILE).toString()))
                .get(Settings.KAFKA_CONFIG_FILE);
        // In an executor, nothing else reads the file.
        AllowedUrls.allow(config);
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

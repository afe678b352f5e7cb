package pipeline.streaming.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.events.settings.Settings;

class ClientConfigProviderTest {
    private static final String LOGIN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\" password=\"canary-${x:y}\";";

    private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    /** A folder with a colon in its path is below it, because a colon is a separator in Kafka's references. */
    @TempDir
    private Path temp;

    @Test
    void givesTheClientWhatTheFileHas() throws IOException {
        Map<String, String> options = ClientConfigProvider.options(config());

        ConsumerConfig client = client(options);

        assertThat(client.getString(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG))
                .isEqualTo("SASL_PLAINTEXT");
        assertThat(client.getPassword(SaslConfigs.SASL_JAAS_CONFIG)).isEqualTo(new Password(LOGIN));
    }

    @Test
    void putsNoValueIntoSparksOptions() throws IOException {
        Map<String, String> options = ClientConfigProvider.options(config());

        assertThat(options)
                .containsEntry("kafka.sasl.jaas.config", "${file:sasl.jaas.config}")
                .containsEntry("kafka.security.protocol", "${file:security.protocol}");
        assertThat(options.toString()).doesNotContain("canary");
    }

    @Test
    void allowsTheUrlsOfTheFileToAnExecutor() throws IOException {
        Map<String, String> options = ClientConfigProvider.options(
                config("sasl.oauthbearer.token.endpoint.url=https://login.example/token\n"));

        try {
            client(options);

            assertThat(System.getProperty(ALLOWED)).isEqualTo("https://login.example/token");
        } finally {
            System.clearProperty(ALLOWED);
        }
    }

    @Test
    void hasNoOptionsWithoutAFile() {
        assertThat(ClientConfigProvider.options(KafkaClientConfig.none())).isEmpty();
    }

    @Test
    void saysWhichFileAnExecutorLacks() throws IOException {
        Map<String, String> options = ClientConfigProvider.options(config());
        Files.delete(file());

        assertThatThrownBy(() -> client(options))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "KAFKA_CONFIG_FILE=" + file()
                                + " is not allowed: there is no such file; a properties file with Kafka client settings is needed");
    }

    private Path file() {
        return temp.resolve("a:b}").resolve("client.properties");
    }

    private KafkaClientConfig config() throws IOException {
        return config("security.protocol=SASL_PLAINTEXT\nsasl.jaas.config=" + LOGIN + "\n");
    }

    private KafkaClientConfig config(String text) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text);
        return new Settings(Map.of(Settings.KAFKA_CONFIG_FILE.name(), file().toString()))
                .get(Settings.KAFKA_CONFIG_FILE);
    }

    /** As Spark does: what begins with {@code kafka.} goes to the client. */
    private static ConsumerConfig client(Map<String, String> options) {
        Map<String, Object> settings = new HashMap<>();
        options.forEach((key, value) -> settings.put(key.substring("kafka.".length()), value));
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return new ConsumerConfig(settings);
    }
}

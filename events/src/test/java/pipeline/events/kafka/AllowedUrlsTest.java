package pipeline.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.oauthbearer.internals.secured.ConfigurationUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.settings.Settings;

class AllowedUrlsTest {
    private static final String PROPERTY = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String LOGIN =
            """
            sasl.mechanism=OAUTHBEARER
            sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler
            sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required \\
              clientId="job" clientSecret="canary-7f3a";
            """;
    private static final String TOKENS = "sasl.oauthbearer.token.endpoint.url=https://login.example/token \n";
    private static final String KEYS = "sasl.oauthbearer.jwks.endpoint.url=https://login.example/keys\n";

    @TempDir
    private Path folder;

    @BeforeEach
    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void allowsTheUrlsOfTheFileAndNoOthers() throws IOException {
        endpoint(LOGIN + TOKENS + KEYS + "client.rack=https://elsewhere.example/\n");

        assertThat(System.getProperty(PROPERTY).split(","))
                .containsExactlyInAnyOrder("https://login.example/token", "https://login.example/keys");
        assertThatCode(() -> request("https://login.example/token")).doesNotThrowAnyException();
        for (String other :
                List.of("https://login.example/", "https://login.example/token/", "http://login.example/token")) {
            assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> request(other));
        }
    }

    @Test
    void allowsNothingWithoutAUrlInTheFile() throws IOException {
        endpoint("client.rack=a\n");

        assertThat(System.getProperty(PROPERTY)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://other.example/token"})
    void keepsWhatTheUserHasSet(String value) throws IOException {
        System.setProperty(PROPERTY, value);

        endpoint(LOGIN + TOKENS);

        assertThat(System.getProperty(PROPERTY)).isEqualTo(value);
    }

    /** As Kafka's client checks it. */
    private static void request(String url) {
        new ConfigurationUtils(Map.of("url", url)).validateUrl("url");
    }

    private void endpoint(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"), text);
        KafkaEndpoint.of(new Settings(Map.of("KAFKA_CONFIG_FILE", file.toString())));
    }
}

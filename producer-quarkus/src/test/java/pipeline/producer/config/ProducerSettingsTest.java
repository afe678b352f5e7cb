package pipeline.producer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;

class ProducerSettingsTest {
    private static final List<String> NAMES =
            List.of("KAFKA_BOOTSTRAP_SERVERS", "KAFKA_TOPIC", "MSGS_PER_SEC", "EVENT_LIMIT", "PRODUCER_PORT");

    @AfterEach
    void clearProperties() {
        NAMES.forEach(System::clearProperty);
    }

    @Test
    void givesTheDefaults() {
        ProducerSettings.apply(new Settings(Map.of()));

        assertThat(NAMES.stream().map(System::getProperty))
                .containsExactly("localhost:9094", "events", "5", "", "8084");
    }

    /** Where main does not run, as in most tests, Quarkus expands the defaults in application.properties. */
    @Test
    void defaultsOfApplicationPropertiesAreThoseOfTheSettings() throws Exception {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        ProducerSettings.class.getClassLoader().getResource("application.properties")))
                .build();
        Settings defaults = new Settings(Map.of());

        assertThat(config.getValue("mp.messaging.outgoing.events.bootstrap.servers", String.class))
                .isEqualTo(defaults.get(Settings.KAFKA_BOOTSTRAP_SERVERS));
        assertThat(config.getValue("mp.messaging.outgoing.events.topic", String.class))
                .isEqualTo(defaults.get(Settings.KAFKA_TOPIC));
        assertThat(config.getValue("quarkus.http.port", int.class)).isEqualTo(defaults.get(Settings.PRODUCER_PORT));
    }

    @Test
    void givesWhatTheEnvironmentSays() {
        Settings settings = settings(Map.of("KAFKA_TOPIC", "other", "EVENT_LIMIT", "12", "PRODUCER_PORT", "9000"));

        assertThat(settings.get(Settings.KAFKA_TOPIC)).isEqualTo("other");
        assertThat(settings.get(Settings.EVENT_LIMIT)).hasValue(12);
        assertThat(settings.get(Settings.PRODUCER_PORT)).isEqualTo(9000);
    }

    @Test
    void takesAnEmptyValueForUnset() {
        ProducerSettings.apply(new Settings(Map.of("MSGS_PER_SEC", "")));

        assertThat(System.getProperty("MSGS_PER_SEC")).isEqualTo("5");
        assertThat(settings(Map.of("EVENT_LIMIT", "")).get(Settings.EVENT_LIMIT))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "0.5", "1000", "50000", "max"})
    void keepsTheRateAsWritten(String rate) {
        assertThat(settings(Map.of("MSGS_PER_SEC", rate)).text(Settings.MSGS_PER_SEC))
                .isEqualTo(rate);
    }

    @Test
    void refusesWhatSettingsRefuse() {
        Settings settings = settings(Map.of("EVENT_LIMIT", "-1"));

        assertThatThrownBy(() -> settings.get(Settings.EVENT_LIMIT)).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void knowsNothingElse() {
        assertThat(settings(Map.of("PATH", "/bin")).environment()).isEmpty();
    }

    private static Settings settings(Map<String, String> values) {
        return ProducerSettings.settings(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build());
    }
}

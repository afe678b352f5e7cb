package pipeline.producer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;

class SettingsSourceTest {
    @Test
    void givesTheDefaults() {
        SettingsSource source = source(Map.of());

        assertThat(source.getValue("KAFKA_BOOTSTRAP_SERVERS")).isEqualTo("localhost:9094");
        assertThat(source.getValue("KAFKA_TOPIC")).isEqualTo("events");
        assertThat(source.getValue("MSGS_PER_SEC")).isEqualTo("5");
        assertThat(source.getValue("EVENT_LIMIT")).isEmpty();
        assertThat(source.getValue("PRODUCER_PORT")).isEqualTo("8084");
    }

    @Test
    void givesWhatTheEnvironmentSays() {
        SettingsSource source = source(Map.of("KAFKA_TOPIC", "other", "EVENT_LIMIT", "12", "PRODUCER_PORT", "9000"));

        assertThat(source.getValue("KAFKA_TOPIC")).isEqualTo("other");
        assertThat(source.getValue("EVENT_LIMIT")).isEqualTo("12");
        assertThat(source.getValue("PRODUCER_PORT")).isEqualTo("9000");
    }

    @Test
    void takesAnEmptyValueForUnset() {
        assertThat(source(Map.of("MSGS_PER_SEC", "")).getValue("MSGS_PER_SEC")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "0.5", "1000", "50000", "max"})
    void keepsTheRateAsWritten(String rate) {
        assertThat(source(Map.of("MSGS_PER_SEC", rate)).getValue("MSGS_PER_SEC"))
                .isEqualTo(rate);
    }

    @Test
    void refusesWhatSettingsRefuse() {
        SettingsSource source = source(Map.of("EVENT_LIMIT", "-1"));

        assertThatThrownBy(() -> source.getValue("EVENT_LIMIT")).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void knowsNothingElse() {
        assertThat(source(Map.of("PATH", "/bin")).getValue("PATH")).isNull();
    }

    private static SettingsSource source(Map<String, String> environment) {
        return new SettingsSource(new Settings(environment));
    }
}

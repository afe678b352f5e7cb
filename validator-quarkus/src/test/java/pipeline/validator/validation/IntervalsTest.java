package pipeline.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {
    @Test
    void readsThePauses() {
        assertThat(Intervals.of(config("500ms", "1m")))
                .isEqualTo(new Intervals(Duration.ofMillis(500), Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "0s", "-1s", ""})
    void namesThePropertyItsValueAndWhatIsAllowed(String value) {
        assertThatThrownBy(() -> Intervals.of(config(value, "1m")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("validator.refresh-every=" + value
                        + " is not allowed: a whole number above 0 with ms, s, m or h, such as 500ms or 10s");
        assertThatThrownBy(() -> Intervals.of(config("10s", value)))
                .hasMessageStartingWith("validator.validate-every=" + value + " is not allowed: ");
    }

    private static Config config(String refresh, String validate) {
        return new SmallRyeConfigBuilder()
                .withDefaultValue("validator.refresh-every", refresh)
                .withDefaultValue("validator.validate-every", validate)
                .build();
    }
}

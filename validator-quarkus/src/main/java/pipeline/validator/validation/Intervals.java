package pipeline.validator.validation;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import pipeline.events.settings.Settings;

/**
 * How long the validator pauses after work that it does without a request, before it does the same again.
 *
 * @param refresh the pause after reading new files
 * @param validate the pause after validating the run that committed last
 */
public record Intervals(Duration refresh, Duration validate) {
    /** @throws ConfigurationException of which Quarkus prints only the message, and then exits */
    public static Intervals of(Config config) {
        return new Intervals(pause(config, "validator.refresh-every"), pause(config, "validator.validate-every"));
    }

    private static Duration pause(Config config, String name) {
        String value = config.getOptionalValue(name, String.class).orElse("");
        return Settings.duration(value)
                .orElseThrow(() -> new ConfigurationException(name + "=" + value
                        + " is not allowed: a whole number above 0 with ms, s, m or h, such as 500ms or 10s"));
    }
}

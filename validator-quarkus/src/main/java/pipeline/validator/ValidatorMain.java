package pipeline.validator;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import pipeline.events.settings.Component;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.PortCheck;
import pipeline.events.settings.Settings;

/** Checks the settings before Quarkus starts: each invalid one is reported in one line on stderr, with exit code 2. */
@QuarkusMain
public class ValidatorMain {
    private static final int EXIT_BAD_SETUP = 2;

    public static void main(String... args) {
        try {
            check(Settings.ofProcess());
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_BAD_SETUP);
        }
        Quarkus.run(args);
    }

    static void check(Settings settings) {
        settings.check(Component.VALIDATOR);
        // Quarkus expands this name itself, and would not replace an empty value by the default.
        System.setProperty(Settings.VALIDATOR_PORT.name(), Integer.toString(settings.get(Settings.VALIDATOR_PORT)));
        // When dev mode restarts the application, the port is still open.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            PortCheck.requireFree(settings, Settings.VALIDATOR_PORT);
        }
    }
}

package pipeline.launcher.setup;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import pipeline.events.settings.Setting;
import pipeline.events.settings.Settings;

/** An option that overrides a setting. */
public record SettingOption(String option, Setting<?> setting, Function<LaunchOptions, String> field) {
    static final String EVENTS = "--events";
    static final String RATE = "--rate";
    static final String KAFKA = "--kafka";
    static final String TOPIC = "--topic";

    static final List<SettingOption> ALL = List.of(
            new SettingOption(EVENTS, Settings.EVENT_LIMIT, options -> options.events),
            new SettingOption(RATE, Settings.MSGS_PER_SEC, options -> options.rate),
            new SettingOption(KAFKA, Settings.KAFKA_BOOTSTRAP_SERVERS, options -> options.kafka),
            new SettingOption(TOPIC, Settings.KAFKA_TOPIC, options -> options.topic));

    /** Returns the option for a setting, if there is one. */
    public static Optional<SettingOption> of(Setting<?> setting) {
        return ALL.stream().filter(option -> option.setting.equals(setting)).findFirst();
    }

    /** Returns the value that the user typed, if the user did. */
    Optional<String> typed(LaunchOptions options) {
        return Optional.ofNullable(field.apply(options));
    }
}

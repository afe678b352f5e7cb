package pipeline.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import pipeline.events.settings.Component;
import pipeline.events.settings.Setting;
import pipeline.events.settings.Settings;
import pipeline.launcher.setup.SettingOption;

/** The list of settings in the help: what {@link Settings} declares, and the options that override a setting. */
final class SettingsHelp {
    private static final String SECTION = "settings";
    private static final String HEADING =
            "%nSettings are read from .env. The environment overrides .env; an option overrides both:%n";

    private SettingsHelp() {}

    /** Adds the list below the options. */
    static void addTo(CommandLine commandLine) {
        List<String> sections = new ArrayList<>(commandLine.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST) + 1, SECTION);
        commandLine.setHelpSectionKeys(sections);
        commandLine.getHelpSectionMap().put(SECTION, help -> text());
    }

    private static String text() {
        return Settings.readBy(Component.ofLaunch()).stream()
                .map(SettingsHelp::description)
                .collect(Collectors.joining("", HEADING.formatted(), ""));
    }

    private static String description(Setting<?> setting) {
        List<String> notes = new ArrayList<>();
        SettingOption.of(setting).ifPresent(overriding -> notes.add(overriding.option()));
        if (!setting.defaultText().isEmpty()) {
            notes.add("default " + setting.defaultText());
        }
        String inBrackets = notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")";
        return "  %s%s%n      %s%n".formatted(setting, inBrackets, setting.meaning());
    }
}

package pipeline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import pipeline.events.settings.Component;
import pipeline.events.settings.Settings;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.Consoles;

class PipelineTest {
    private final Console console = new Consoles().plain();

    @Test
    void runsNothingWhenTheScriptOnlyBuilds() {
        assertThat(Pipeline.commandLine(console).execute("--build")).isZero();
    }

    @Test
    void helpExplainsEachSettingOfTheLaunchBelowTheOptions() {
        String help = Pipeline.commandLine(console).getUsageMessage();
        String settings = help.substring(help.indexOf("Settings are read from .env"), help.indexOf("Exit codes:"));

        assertThat(Settings.readBy(Component.ofLaunch())).isNotEmpty().allSatisfy(setting -> assertThat(settings)
                .contains("\n  " + setting.name()));
        assertThat(Settings.readBy(Set.of(Component.CONTAINERS)))
                .isNotEmpty()
                .noneSatisfy(setting -> assertThat(settings).contains(setting.name()));
        assertThat(settings.lines())
                .containsSequence(
                        "  MSGS_PER_SEC (--rate, default 5)",
                        "      events per second; max sends as fast as the channel allows")
                .containsSequence("  SPARK_MASTER (default local[*])", "      the Spark master that the job runs on");
    }
}

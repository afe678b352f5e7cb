package pipeline.endtoend.settings;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.endtoend.docs.SettingsTable;
import pipeline.endtoend.settings.ComposeFiles.Variable;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Component;
import pipeline.events.settings.Setting;
import pipeline.events.settings.Settings;
import pipeline.launcher.setup.DotEnv;

/** The files that repeat the declarations in {@link Settings} have every setting, and agree with its declaration. */
class SettingsFilesTest {
    private static final Map<String, Setting<?>> DECLARED =
            Settings.all().stream().collect(toMap(Setting::name, setting -> setting));
    /** In application.properties: {@code ${KAFKA_TOPIC:events}}. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z_]+):([^}]*)}");

    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^(?:%\\w+\\.)?([A-Z]+(?:_[A-Z]+)+)=");
    /** In Python: {@code get("AIRFLOW_PORT") or "8082"}. */
    private static final Pattern FALLBACK = Pattern.compile("get\\(['\"]([A-Z_]+)['\"]\\) or \"?(\\d+)");

    @Test
    void readmeHasARowForEachSetting() throws IOException {
        List<String> expected = Settings.all().stream()
                .map(setting -> "| " + setting.name() + " | "
                        + (setting.defaultText().isEmpty() ? "none" : setting.defaultText()) + " | "
                        + setting.meaning() + " |")
                .toList();

        assertThat(SettingsTable.rowsWithoutMarkdown()).containsExactlyElementsOf(expected);
    }

    @Test
    void dotEnvHasTheDefaultsThatTheComposeFilesUse() throws IOException {
        Map<String, String> expected = new ComposeFiles()
                .variables()
                .filter(variable -> variable.defaultText() != null
                        && !variable.defaultText().isEmpty())
                .collect(toMap(Variable::name, Variable::defaultText, (first, second) -> second));

        assertThat(DotEnv.read(Repository.ROOT.resolve(".env"))).isEqualTo(expected);
    }

    @Test
    void composeFilesUseSettingsWithTheirDefaults() throws IOException {
        assertThat(new ComposeFiles().variables()).isNotEmpty().allSatisfy(variable -> {
            assertThat(DECLARED).containsKey(variable.name());
            if (variable.defaultText() != null) {
                assertThat(variable.defaultText())
                        .as(variable.name())
                        .isEqualTo(DECLARED.get(variable.name()).defaultText());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "BROKER, kafka",
        "PRODUCER, producer",
        "JOB, spark-streaming",
        "VALIDATOR, validator",
        "AIRFLOW, airflow"
    })
    void composeGivesEachComponentItsSettings(Component component, String service) throws IOException {
        String text = new ComposeFiles().service(service);

        assertThat(names(component)).isNotEmpty().allMatch(name -> isNamed(name, text));
    }

    @Test
    void composeUsesTheSettingsOfTheContainers() throws IOException {
        Set<String> used = new ComposeFiles().variables().map(Variable::name).collect(Collectors.toSet());

        assertThat(names(Component.CONTAINERS)).isNotEmpty().isSubsetOf(used);
    }

    /** A variable of another name would have no effect. */
    @ParameterizedTest
    @CsvSource({"producer,", "spark-streaming, SPARK_PUBLIC_DNS", "validator,"})
    void composeGivesAComponentNothingElse(String service, String ofSpark) throws IOException {
        Set<String> others = new ComposeFiles().environment(service);
        others.removeAll(DECLARED.keySet());

        assertThat(String.join(" ", others)).isEqualTo(ofSpark == null ? "" : ofSpark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer-quarkus", "validator-quarkus"})
    void propertiesUseSettingsWithTheirDefaults(String module) throws IOException {
        String text = Files.readString(Repository.ROOT.resolve(module + "/src/main/resources/application.properties"));

        assertThat(defaults(REFERENCE, text)).isNotEmpty().isEqualTo(declaredDefaults(defaults(REFERENCE, text)));
        assertThat(ASSIGNMENT.matcher(text).results().map(found -> found.group(1)))
                .isSubsetOf(DECLARED.keySet());
    }

    /** They count when Airflow is started without {@code ./pipeline}. */
    @Test
    void airflowHasTheSameDefaults() throws IOException {
        Map<String, String> fallbacks =
                defaults(FALLBACK, Files.readString(Repository.ROOT.resolve("airflow/start.py")));

        assertThat(fallbacks).isNotEmpty().isEqualTo(declaredDefaults(fallbacks));
    }

    private static Map<String, String> defaults(Pattern pattern, String text) {
        return pattern.matcher(text).results().collect(toMap(found -> found.group(1), found -> found.group(2)));
    }

    private static Map<String, String> declaredDefaults(Map<String, String> used) {
        return used.keySet().stream()
                .filter(DECLARED::containsKey)
                .collect(toMap(name -> name, name -> DECLARED.get(name).defaultText()));
    }

    private static Set<String> names(Component component) {
        return Settings.readBy(Set.of(component)).stream()
                .map(Setting::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isNamed(String name, String text) {
        Matcher found = Pattern.compile("\\b" + name + "\\b").matcher(text);
        return found.find();
    }
}

package pipeline.endtoend.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Component;
import pipeline.events.settings.Setting;
import pipeline.events.settings.Settings;

/** The main code of all modules uses the declarations in {@link Settings}. */
class SettingNamesTest {
    private static final Path EVENTS = Path.of("events/src/main/java/pipeline/events");
    private static final Path DECLARATIONS = EVENTS.resolve("settings/Settings.java");
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "//[^\\n]*|(?s:/\\*.*?\\*/)|(?<text>\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\")|'(?:\\\\.|[^'\\\\])+'");

    private static final Pattern NAME = Pattern.compile(
            Settings.all().stream().map(Setting::name).collect(Collectors.joining("|", "\\b(?:", ")\\b")));
    private static final Pattern READ = Pattern.compile("\\b(?:get|ifSet|text)\\(\\s*Settings\\.([A-Z_]+)\\s*\\)");
    private static final Pattern MENTIONED = Pattern.compile("\\bSettings\\.([A-Z_]+)\\b");

    static List<String> modules() {
        return List.of("events", "producer-quarkus", "streaming-spark", "validator-quarkus", "launcher");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noLiteralHasTheNameOfASetting(String module) throws IOException {
        assertThat(sources(module)).isNotEmpty();
        for (Path source : sources(module)) {
            if (!source.endsWith(DECLARATIONS)) {
                assertThat(literalsWithANameIn(Files.readString(source)))
                        .as("use the name of the declaration in %s", Repository.ROOT.relativize(source))
                        .isEmpty();
            }
        }
    }

    @Test
    void findsALiteralButNoComment() {
        assertThat(
                        literalsWithANameIn(
                                """
                        // "RUN_ID"
                        /* "RUN_ID"
                           "RUN_ID" */
                        char quote = '"'; // RUN_ID
                        String[] texts = {"set \\"RUN_ID\\"", "RUN_IDS", Settings.RUN_ID + "", "KAFKA_PORT=1"};
                        """))
                .containsExactly("\"set \\\"RUN_ID\\\"\"", "\"KAFKA_PORT=1\"");
    }

    /** Otherwise the component would not check the setting at its start, and the services would not even see its value. */
    @ParameterizedTest
    @CsvSource({"PRODUCER, producer-quarkus", "JOB, streaming-spark", "VALIDATOR, validator-quarkus"})
    void aComponentReadsExactlyTheSettingsThatAreDeclaredForIt(Component component, String module) throws IOException {
        Set<String> mentioned = found(MENTIONED, module);
        // Each component connects to Kafka in this way.
        mentioned.addAll(found(READ, List.of(Repository.ROOT.resolve(EVENTS.resolve("kafka/KafkaEndpoint.java")))));
        Set<String> declared = Stream.concat(
                        Settings.all().stream(), Stream.of(Settings.ICEBERG_CONFIG_FILE, Settings.ICEBERG_NAMESPACE))
                .filter(setting -> setting.readBy().contains(component))
                .map(Setting::name)
                .collect(Collectors.toSet());

        assertThat(found(READ, module)).isNotEmpty().isSubsetOf(declared);
        assertThat(declared).isSubsetOf(mentioned);
    }

    private static List<String> literalsWithANameIn(String code) {
        return COMMENT_OR_LITERAL
                .matcher(code)
                .results()
                .map(found -> found.group(1))
                .filter(text -> text != null && NAME.matcher(text).find())
                .toList();
    }

    private static Set<String> found(Pattern pattern, String module) throws IOException {
        return found(pattern, sources(module));
    }

    private static Set<String> found(Pattern pattern, List<Path> sources) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path source : sources) {
            pattern.matcher(Files.readString(source)).results().forEach(found -> names.add(found.group(1)));
        }
        return names;
    }

    private static List<Path> sources(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(module + "/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}

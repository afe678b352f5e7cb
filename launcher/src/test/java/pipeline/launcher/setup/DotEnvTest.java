package pipeline.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheRepositorysKindOfFile() {
        Map<String, String> values = parsed("KAFKA_TOPIC=events\nMSGS_PER_SEC=5\n\n# a comment\n  RUN_ID=1\n");

        assertThat(values)
                .containsExactly(entry("KAFKA_TOPIC", "events"), entry("MSGS_PER_SEC", "5"), entry("RUN_ID", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "A=plain text  |plain text",
                "A = spaced|spaced",
                "A: yaml|yaml",
                "export A=x|x",
                "A=x # comment|x",
                "A=x#y|x#y",
                "A=# comment|``",
                "A=|``",
                "A=\"x # y\" # comment|x # y",
                "A='x # y'# comment|x # y",
                "A='$HOST ${HOST}'|$HOST ${HOST}",
                "A='it\\'s'|it's",
                "A=\"say \\\"hi\\\"\"|say \"hi\"",
                "A=\"a\\tb\\\\n\"|`a\tb\\n`",
                "A=a\\tb|a\\tb",
                "A=$HOST:9|me:9",
                "A=\"${HOST}\"|me",
                "A=\"\\${HOST}\"|${HOST}",
                "A=$$HOST|$HOST",
                "A=5$|5$",
                "A=${NONE}|``",
                "A=${NONE-x}|x",
                "A=${EMPTY-x}|``",
                "A=${EMPTY:-x}|x",
                "A=${NONE:-${HOST}}|me",
                "A=${HOST:+yes}|yes",
                "A=${NONE:+yes}|``",
                "A=${HOST:?needed}|me",
            })
    void readsOneValueAsComposeDoes(String line, String value) {
        Map<String, String> values = DotEnv.parse(line, Map.of("HOST", "me", "EMPTY", ""));

        assertThat(values).containsExactly(entry("A", value));
    }

    @Test
    void keepsTheLinesOfAQuotedValue() {
        Map<String, String> values = parsed("A=\"1\n2\"\nB='3\n4'\n");

        assertThat(values).containsExactly(entry("A", "1\n2"), entry("B", "3\n4"));
    }

    @Test
    void letsALaterLineReferToAnEarlierOne() {
        Map<String, String> values = parsed("A=1\nB=${A}2\n");

        assertThat(values).containsEntry("B", "12");
    }

    @Test
    void prefersTheEnvironmentWhereALineRefersToBoth() {
        Map<String, String> values = DotEnv.parse("A=file\nB=$A\n", Map.of("A", "environment"));

        assertThat(values).containsEntry("B", "environment");
    }

    @Test
    void takesANameAloneFromTheEnvironment() {
        Map<String, String> values = DotEnv.parse("A\nB # comment\n", Map.of("A", "1"));

        assertThat(values).containsExactly(entry("A", "1"));
    }

    @Test
    void readsAFileFromWindows() {
        Map<String, String> values = parsed("\uFEFFA=1\r\nB=2\r\n");

        assertThat(values).containsExactly(entry("A", "1"), entry("B", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=1\n2B=3\n", "A=1\nsome words\n", "A=1\nB='x\n", "A=1\nB=\"x\" y\n", "A=1\nB=${A\n"})
    void namesTheLineThatIsWrong(String text) {
        assertThatThrownBy(() -> parsed(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2: ");
    }

    @Test
    void namesFileAndVariableThatIsRequired() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "A=${B:?set it}\n");

        assertThatThrownBy(() -> DotEnv.read(file, Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessage(file + ", line 1: B is not set: set it");
    }

    @Test
    void takesAMissingFileForAnEmptyOne() {
        assertThat(DotEnv.read(folder.resolve(".env"), Map.of())).isEmpty();
    }

    private static Map<String, String> parsed(String text) {
        return DotEnv.parse(text, Map.of());
    }
}

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
    void readsNamesCommentsAndBlankLines() {
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
                "A=x # comment|x",
                "A=x#y|x#y",
                "A=b=#c|b=#c",
                "A=it's|it's",
                "A=x # it costs 5$|x",
                "A=# comment|``",
                "A= # comment|``",
                "A=|``",
                "A=\"x # y\" # comment|x # y",
                "A='x # y'# comment|x # y",
                "A='$HOST ${HOST}'|$HOST ${HOST}",
                "A=a\\tb|a\\tb",
            })
    void readsOneValueAsComposeDoes(String line, String value) {
        assertThat(DotEnv.parse(line)).containsExactly(entry("A", value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: yaml",
                "export A=x",
                "A",
                "A # comment",
                "A-B=x",
                "A.B=x",
                "2A=x",
                "=x",
                "some words",
                "A='it\\'s'",
                "A=\"say \\\"hi\\\"\"",
                "A=\"a\\tb\\\\n\"",
                "A=x\t# comment",
                "A='x' y",
                "A='x",
                "A=\"x",
                "A=$HOST:9",
                "A=\"${HOST}\"",
                "A=\"\\${HOST}\"",
                "A=$$HOST",
                "A=5$",
                "A=${NONE}",
                "A=${NONE-x}",
                "A=${EMPTY-x}",
                "A=${EMPTY:-x}",
                "A=${NONE:-${HOST}}",
                "A=${HOST:+yes}",
                "A=${NONE:+yes}",
                "A=${HOST:?needed}",
                "A=${A",
            })
    void refusesWhatComposeWouldInterpretFurther(String line) {
        assertThatThrownBy(() -> DotEnv.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 1 is not allowed: a line is NAME=value, a # comment or blank;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=\"1\n2\"\n", "B='3\n4'\n"})
    void refusesAQuotedValueOverSeveralLines(String text) {
        assertThatThrownBy(() -> DotEnv.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 1 is not allowed: ");
    }

    @Test
    void refusesALineThatRefersToAnEarlierOne() {
        assertThatThrownBy(() -> DotEnv.parse("A=1\nB=${A}2\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2 is not allowed: ");
    }

    @Test
    void refusesALineThatRefersToTheEnvironment() {
        assertThatThrownBy(() -> DotEnv.parse("A=file\nB=$PATH\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2 is not allowed: ");
    }

    @Test
    void readsTheRepositorysOwnFile() {
        assertThat(DotEnv.read(Path.of("../.env")))
                .contains(entry("KAFKA_TOPIC", "events"), entry("TRIGGER_INTERVAL", "10s"), entry("KAFKA_PORT", "9094"))
                .doesNotContainValue("");
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
                .hasMessageStartingWith("line 2 is not allowed: ");
    }

    @Test
    void namesFileLineAndWhatIsAllowed() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "A=${B:?set it}\n");

        assertThatThrownBy(() -> DotEnv.read(file))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        file
                                + ", line 1 is not allowed: a line is NAME=value, a # comment or blank; a value is plain text"
                                + " without $, or text in single or double quotes, without \\ and, in double quotes, without $");
    }

    @Test
    void treatsAMissingFileAsEmpty() {
        assertThat(DotEnv.read(folder.resolve(".env"))).isEmpty();
    }

    private static Map<String, String> parsed(String text) {
        return DotEnv.parse(text);
    }
}

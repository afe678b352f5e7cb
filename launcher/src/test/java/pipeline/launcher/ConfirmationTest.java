package pipeline.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.launcher.setup.StartException;

class ConfirmationTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void continuesAfterAYes() {
        answer("y\n");

        assertThat(out.toString(UTF_8)).isEqualTo("Delete it? [y/N] ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "n\n", "maybe\n"})
    void refusesEverythingElse(String answer) {
        assertThatThrownBy(() -> answer(answer)).isInstanceOf(StartException.class);
    }

    @Test
    void namesTheOptionWhereNobodyCanAnswer() {
        assertThatThrownBy(() -> answer("")).isInstanceOf(StartException.class).hasMessageContaining("--yes");
    }

    private void answer(String answer) {
        Pipeline.confirm("Delete it?", new ByteArrayInputStream(answer.getBytes(UTF_8)), new PrintStream(out));
    }
}

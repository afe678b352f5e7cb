package pipeline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final Consoles consoles = new Consoles();

    @Test
    void putsTheNameOfThePartInFront() {
        Console console = consoles.plain();

        console.line("job", "one");
        console.line("validator", "two");

        assertThat(consoles.text()).isEqualTo("job       | one\nvalidator | two\n");
    }

    @Test
    void coloursTheName() {
        consoles.console(true, true).line("job", "one");

        assertThat(consoles.text()).isEqualTo("\033[36mjob       | \033[0mone\n");
    }

    @Test
    void leavesColoursOutWhenAskedTo() {
        assertThat(Console.isColoured(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Console.isColoured(false, Map.of())).isFalse();
        assertThat(Console.isColoured(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Console.isColoured(true, Map.of("TERM", "xterm", "NO_COLOR", "")))
                .isTrue();
    }

    @Test
    void drawsTheStatusAnewBelowEachLineOfATerminal() {
        Console console = consoles.console(true, false);

        console.status("sent 1");
        console.line("job", "one");
        console.status("sent 2");
        console.flush();
        console.clearStatus();

        String status = "\033[?7lsent %d\033[?7h";
        String clear = "\r\033[2K";
        assertThat(consoles.text())
                .isEqualTo(clear + status.formatted(1)
                        + clear + "job       | one\n" + status.formatted(1)
                        + clear + status.formatted(2)
                        + clear);
    }

    @Test
    void writesTheStatusAsALineElsewhere() {
        Console console = consoles.plain();

        console.status("sent 1");
        console.clearStatus();

        assertThat(consoles.text()).isEqualTo("pipeline  | sent 1\n");
    }

    @Test
    void writesAnErrorWhereItOccurred() {
        Console console = consoles.plain();

        console.say("one");
        console.error("two");
        console.say("three");

        assertThat(consoles.text()).isEqualTo("pipeline  | one\ntwo\npipeline  | three\n");
    }

    @Test
    void saysHowManyLinesNobodyRead() {
        UnreadStream stream = new UnreadStream();
        Console console = new Console(stream.printStream(), System.err, true, false);
        console.say("first");
        stream.awaitWriter();

        IntStream.rangeClosed(0, ConsoleWriter.LIMIT).forEach(i -> console.line("job", "line " + i));
        stream.read();
        console.flush();

        assertThat(stream.text())
                .startsWith("pipeline  | first\n\r\033[2Kpipeline  | lines left out because nobody read them: 1;")
                .endsWith("job       | line " + ConsoleWriter.LIMIT + "\n");
    }

    @Test
    void noticesThatNobodyReads() {
        Console console = new Console(new PrintStream(new BrokenPipe()), System.err, false, false);
        assertThat(console.isBroken()).isFalse();

        console.say("hello?");
        console.flush();

        assertThat(console.isBroken()).isTrue();
    }

    private static final class BrokenPipe extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}

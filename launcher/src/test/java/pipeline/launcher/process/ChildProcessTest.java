package pipeline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildProcessTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final Consoles consoles = new Consoles();
    private ChildProcess part;

    @AfterEach
    void endPart() {
        part.stop(Duration.ZERO);
    }

    @Test
    void showsAndKeepsItsLines() throws IOException {
        start("echo one; echo two >&2; echo debug three");

        awaitEnd();

        assertThat(consoles.text()).isEqualTo("job       | one\njob       | two\n");
        assertThat(log()).hasContent("one\ntwo\ndebug three\n");
    }

    @Test
    void keepsItsLinesToItselfWhenQuiet() throws IOException {
        part = ChildProcess.start(
                ShellSpecs.script("job", "echo one").quiet(),
                RotatingLog.open(folder.resolve("job.log")),
                consoles.plain());

        awaitEnd();

        assertThat(consoles.text()).isEmpty();
        assertThat(log()).hasContent("one\n");
    }

    @Test
    void hasTheEnvironmentOfItsSpecOnly() throws IOException {
        start("echo $GREETING; echo home=$HOME");

        awaitEnd();

        assertThat(part.lastLines()).containsExactly("hello", "home=");
    }

    @Test
    void keepsTheLastFifteenLines() throws IOException {
        start("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do echo $i; done");

        awaitEnd();

        assertThat(part.lastLines()).hasSize(15).startsWith("3").endsWith("17");
    }

    @Test
    void remembersTheMarkedLine() throws IOException {
        start("echo starting; echo now: " + ShellSpecs.MARK + "; exec sleep 60");

        await().atMost(SOON).until(() -> part.markedLine().isPresent());

        assertThat(part.markedLine()).contains("now: " + ShellSpecs.MARK);
    }

    @Test
    void readsNothingFromTheTerminal() throws IOException {
        start("cat; echo end of input");

        awaitEnd();

        assertThat(part.lastLines()).containsExactly("end of input");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "HUP"})
    void doesNotHearTheTerminal(String signal) throws IOException {
        start("echo " + ShellSpecs.MARK + "; exec sleep 60");
        await().atMost(SOON).until(() -> part.markedLine().isPresent());

        Signals.send(signal, part.pid());

        await().during(Duration.ofMillis(300)).atMost(SOON).until(part::isAlive);
    }

    @Test
    void endsWhenAskedToAndItsLastWordIsKept() throws IOException {
        start("trap 'echo bye; exit 3' TERM; echo " + ShellSpecs.MARK + "; while :; do sleep 0.1; done");
        await().atMost(SOON).until(() -> part.markedLine().isPresent());

        boolean ended = part.stop(SOON);

        assertThat(ended).isTrue();
        assertThat(part.exitCode()).isEqualTo(3);
        assertThat(part.lastLines()).endsWith("bye");
    }

    @Test
    void isKilledWhenItDoesNotEnd() throws IOException {
        start("trap '' TERM; echo " + ShellSpecs.MARK + "; while :; do sleep 0.1; done");
        await().atMost(SOON).until(() -> part.markedLine().isPresent());

        boolean ended = part.stop(Duration.ofMillis(300));

        assertThat(ended).isFalse();
        assertThat(part.isAlive()).isFalse();
    }

    @Test
    @Timeout(60)
    void writesItsLogInATerminalThatNobodyReads() throws IOException {
        Console unread = new Console(new UnreadStream().printStream(), System.err, false, false);
        String script = "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i + 1)); done";

        part = ChildProcess.start(ShellSpecs.script("job", script), RotatingLog.open(log()), unread);
        awaitEnd();

        assertThat(log()).content().hasLineCount(20_000);
        assertThat(part.lastLines()).endsWith("line 19999");
    }

    @Test
    void isReadOnWhenItsLogCannotBeWritten() throws IOException {
        RotatingLog closed = RotatingLog.open(log());
        closed.close();

        part = ChildProcess.start(ShellSpecs.script("job", "echo one; echo two"), closed, consoles.plain());
        awaitEnd();

        assertThat(part.logFailure()).isPresent();
        assertThat(part.lastLines()).containsExactly("one", "two");
    }

    private void start(String script) throws IOException {
        part = ChildProcess.start(ShellSpecs.script("job", script), RotatingLog.open(log()), consoles.plain());
    }

    private Path log() {
        return folder.resolve("job.log");
    }

    private void awaitEnd() {
        await().atMost(SOON).until(() -> !part.isAlive());
        part.lastLines();
    }
}

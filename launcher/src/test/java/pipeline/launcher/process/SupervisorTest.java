package pipeline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SLEEP = "exec sleep 60";

    @TempDir
    private Path logs;

    private final Consoles consoles = new Consoles();
    private final StopRequest stopRequest = new StopRequest();
    private Guard guard;
    private Supervisor supervisor;

    @BeforeEach
    void startGuard() throws IOException {
        guard = Guard.start();
        supervisor = supervisor(consoles.plain());
    }

    @AfterEach
    void stopAll() throws IOException {
        supervisor.stopAll();
        guard.close();
    }

    @Test
    void waitsForSomethingToBeDone() throws IOException {
        ChildProcess job = supervisor.start(ShellSpecs.script("job", "echo " + ShellSpecs.MARK + "; " + SLEEP));

        assertThatCode(() ->
                        supervisor.await("job", SOON, () -> job.markedLine().isPresent()))
                .doesNotThrowAnyException();
    }

    @Test
    void givesUpAtTheLimit() throws IOException {
        supervisor.start(ShellSpecs.script("job", SLEEP));

        assertThatThrownBy(() -> supervisor.await("job", Duration.ofMillis(300), () -> false))
                .isInstanceOf(StopException.class)
                .hasMessageStartingWith("job: not ready after 0 s");
    }

    @Test
    void tellsTheLastLinesOfAPartThatEnded() throws IOException {
        supervisor.start(ShellSpecs.script("job", "echo something is wrong; exit 7"));

        assertThatThrownBy(() -> supervisor.await("ever", SOON, () -> false))
                .isInstanceOf(StopException.class)
                .hasMessage("job ended with exit code 7; its last lines:\n  something is wrong");
    }

    @Test
    void takesAnEndOfAnEndlessPartForAFailure() throws IOException {
        supervisor.start(ShellSpecs.script("job", "exit 0"));

        assertThatThrownBy(() -> supervisor.await("ever", SOON, () -> false))
                .hasMessageStartingWith("job ended with exit code 0");
    }

    @Test
    void continuesAfterTheNormalEndOfAComponentThatMayEnd() throws IOException {
        ChildProcess producer = supervisor.start(ShellSpecs.script("producer", "exit 0", true));

        supervisor.await("producer", SOON, () -> !producer.isAlive());

        assertThatCode(supervisor::check).doesNotThrowAnyException();
    }

    @Test
    void takesABadEndOfAPartThatMayEndForAFailure() throws IOException {
        supervisor.start(ShellSpecs.script("producer", "exit 1", true));

        assertThatThrownBy(() -> supervisor.await("ever", SOON, () -> false))
                .hasMessageStartingWith("producer ended with exit code 1");
    }

    @Test
    void continuesAfterAComponentThatItKilledItself() throws IOException {
        ChildProcess job = supervisor.start(ShellSpecs.script("job", SLEEP));

        supervisor.kill(job);

        assertThat(job.exitCode()).isEqualTo(137);
        assertThatCode(() -> supervisor.check()).doesNotThrowAnyException();
    }

    @Test
    void stopsWithoutAWordWhenAskedTo() {
        stopRequest.request();

        assertThatThrownBy(() -> supervisor.await("ever", SOON, () -> false))
                .isInstanceOfSatisfying(
                        StopException.class, e -> assertThat(e.isFailure()).isFalse());
    }

    @Test
    void stopsWhenNobodyReadsTheOutput() {
        Supervisor unread = supervisor(brokenConsole());

        assertThatThrownBy(unread::check).isInstanceOfSatisfying(StopException.class, e -> assertThat(e.isFailure())
                .isTrue());
    }

    @Test
    void startsNothingThatHasNoPlaceInTheOrderOfStopping() {
        assertThatThrownBy(() -> supervisor.start(ShellSpecs.script("another", SLEEP)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("another has no place in STOP_ORDER");
    }

    @Test
    void stopsProducerJobValidatorAndBrokerInThisOrder() throws IOException {
        supervisor.start(ShellSpecs.script("broker", SLEEP));
        supervisor.start(ShellSpecs.script("validator", SLEEP));
        supervisor.start(ShellSpecs.script("job", SLEEP));
        supervisor.start(ShellSpecs.script("producer", SLEEP));

        supervisor.stopAll();

        assertThat(consoles.text().lines())
                .containsExactly(
                        "pipeline  | stopping producer",
                        "pipeline  | stopping job",
                        "pipeline  | stopping validator",
                        "pipeline  | stopping broker");
    }

    private static Console brokenConsole() {
        PrintStream closed = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        Console console = new Console(closed, System.err, false, false);
        console.say("hello?");
        console.flush();
        return console;
    }

    private Supervisor supervisor(Console console) {
        return new Supervisor(logs, console, guard, stopRequest);
    }
}

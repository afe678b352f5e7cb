package pipeline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class GuardTest {
    private static final Duration PROMISED = Duration.ofSeconds(10);

    private final List<Process> processes = new ArrayList<>();
    private Guard guard;

    @AfterEach
    void endAll() {
        processes.forEach(Process::destroyForcibly);
        guard.close();
    }

    @Test
    void endsThePartsWhenTheLauncherIsGone() throws IOException {
        guard = Guard.start();
        Process first = watched("exec sleep 60");
        Process second = watched("exec sleep 60");

        loseLauncher();

        await().atMost(PROMISED).until(() -> !first.isAlive() && !second.isAlive());
        await().atMost(PROMISED).until(() -> !isGuardAlive());
    }

    @Test
    void killsWhatDoesNotEnd() throws IOException {
        guard = Guard.start();
        Process stubborn = watched("trap '' TERM; echo ready; while :; do sleep 0.1; done");
        assertThat(stubborn.inputReader().readLine()).isEqualTo("ready");

        loseLauncher();

        await().atMost(PROMISED).until(() -> !stubborn.isAlive());
    }

    @Test
    void leavesAloneWhatItWasToldToForget() throws IOException {
        guard = Guard.start();
        Process first = watched("exec sleep 60");
        Process forgotten = watched("exec sleep 60");
        Process last = watched("exec sleep 60");
        guard.forget(forgotten.pid());

        loseLauncher();

        await().atMost(PROMISED).until(() -> !first.isAlive() && !last.isAlive() && !isGuardAlive());
        assertThat(forgotten.isAlive()).isTrue();
    }

    @Test
    void doesNotHearTheTerminal() throws IOException {
        guard = Guard.start();
        Process part = watched("exec sleep 60");

        Signals.send("INT", guard.pid());
        Signals.send("HUP", guard.pid());
        Signals.send("TERM", guard.pid());
        loseLauncher();

        await().atMost(PROMISED).until(() -> !part.isAlive());
    }

    @Test
    void leavesThePartsAloneWhenItIsEnded() throws IOException {
        guard = Guard.start();
        Process part = watched("exec sleep 60");

        guard.close();

        await().atMost(PROMISED).until(() -> !isGuardAlive());
        assertThat(part.isAlive()).isTrue();
    }

    private Process watched(String script) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
        processes.add(process);
        guard.watch(process.pid());
        return process;
    }

    /** Breaks the pipe, as the death of the launcher does. */
    private void loseLauncher() throws IOException {
        guard.shell().outputWriter().close();
    }

    private boolean isGuardAlive() {
        return ProcessHandle.of(guard.pid()).map(ProcessHandle::isAlive).orElse(false);
    }
}

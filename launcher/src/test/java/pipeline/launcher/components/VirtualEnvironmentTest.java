package pipeline.launcher.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.Consoles;
import pipeline.launcher.process.Guard;
import pipeline.launcher.process.StopException;
import pipeline.launcher.process.StopRequest;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.setup.StartException;

/** Replaces Python by a shell script that records what it is asked to do. */
class VirtualEnvironmentTest {
    private static final String PYTHON =
            """
            #!/bin/sh
            case "$*" in
            *print*) echo "$0" ;;
            '-m venv'*) echo venv >>calls; /bin/mkdir -p .venv/bin; /bin/cp "$0" .venv/bin/python ;;
            '-m pip'*) echo pip >>calls; echo 'Collecting one'; test ! -e offline ;;
            esac
            """;

    @TempDir
    private Path temp;

    private final Console console = new Consoles().plain();
    private final StopRequest stopRequest = StopRequest.listen();
    private Path folder;
    private Guard guard;
    private Supervisor supervisor;
    private VirtualEnvironment environment;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(temp.resolve("an airflow"));
        Files.writeString(folder.resolve("requirements.lock"), "one==1\n");
        Path python =
                Files.writeString(Files.createDirectories(temp.resolve("bin")).resolve("python3.12"), PYTHON);
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path logs = Files.createDirectories(temp.resolve("logs"));
        guard = Guard.start();
        supervisor = new Supervisor(logs, console, guard, stopRequest);
        environment = new VirtualEnvironment(
                folder, Map.of("PATH", temp.resolve("bin").toString()));
    }

    @AfterEach
    void endAll() throws IOException {
        supervisor.stopAll();
        guard.close();
        stopRequest.finished();
    }

    @Test
    void isMadeOnce() throws IOException {
        environment.prepare(supervisor, console);
        environment.prepare(supervisor, console);

        assertThat(calls()).containsExactly("venv", "pip");
        assertThat(environment.python()).isExecutable();
    }

    @Test
    void takesFromTheShellOnlyWherePipFindsPackages() {
        Map<String, String> shell =
                Map.of("PIP_USER", "1", "PIP_INDEX_URL", "https://index", "PYTHONHOME", "/elsewhere", "LANG", "C");

        assertThat(new VirtualEnvironment(folder, shell).environment())
                .containsOnly(entry("PIP_INDEX_URL", "https://index"), entry("LANG", "C"));
    }

    @Test
    void isMadeAnewWhenTheLockHasChanged() throws IOException {
        environment.prepare(supervisor, console);
        Files.writeString(folder.resolve("requirements.lock"), "one==2\n");

        environment.prepare(supervisor, console);

        assertThat(calls()).containsExactly("venv", "pip", "venv", "pip");
    }

    @Test
    void isMadeAnewWhenItsPythonIsGone() throws IOException {
        environment.prepare(supervisor, console);
        Files.delete(environment.python());

        environment.prepare(supervisor, console);

        assertThat(calls()).containsExactly("venv", "pip", "venv", "pip");
    }

    @Test
    void isMadeAgainAfterPackagesCouldNotBeHad() throws IOException {
        Path offline = Files.createFile(folder.resolve("offline"));
        assertThatThrownBy(() -> environment.prepare(supervisor, console))
                .isInstanceOf(StopException.class)
                .hasMessageStartingWith("airflow-packages ended with exit code 1; its last lines:\n  Collecting one");
        Files.delete(offline);

        environment.prepare(supervisor, console);

        assertThat(calls()).containsExactly("venv", "pip", "venv", "pip");
    }

    @Test
    void saysWhichPythonIsNeeded() throws IOException {
        Files.delete(temp.resolve("bin/python3.12"));

        assertThatThrownBy(() -> environment.prepare(supervisor, console))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("no Python 3.11, 3.12 or 3.13", "leave out --airflow");
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }
}

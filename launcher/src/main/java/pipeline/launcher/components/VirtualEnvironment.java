package pipeline.launcher.components;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.setup.StartException;

/**
 * Airflow's virtual environment {@code airflow/.venv}. It is created once, and again if {@code requirements.lock} has changed
 * or its Python is gone. A copy of the lock file, written last, records what is installed.
 *
 * @param folder containing {@code requirements.lock}
 * @param environment variables for Python and pip; those for other programs are left out
 */
public record VirtualEnvironment(Path folder, Map<String, String> environment) {
    public VirtualEnvironment {
        environment = ForeignVariables.removedFrom(environment);
    }

    /** A slow network needs minutes for 100 MB. */
    private static final Duration LIMIT = Duration.ofMinutes(20);
    /** Prints the path of the first Python that supports Airflow. On Debian, ensurepip comes with a separate package. */
    private static final String FIND_PYTHON =
            """
            for python in python3 python3.13 python3.12 python3.11; do
                "$python" -c '
            import ensurepip, sys, venv
            if not (3, 11) <= sys.version_info[:2] <= (3, 13):
                sys.exit(1)
            print(sys.executable)' && exit
            done
            exit 1
            """;

    public Path python() {
        return folder.resolve(".venv/bin/python");
    }

    /**
     * Creates the environment unless it is up to date; waits while another process creates it.
     *
     * @throws StartException if no suitable Python is found
     */
    public void prepare(Supervisor supervisor, Console console) throws IOException {
        try (FileChannel lock =
                FileChannel.open(folder.resolve(".venv.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            String other = "another process that creates " + folder.resolve(".venv");
            supervisor.await(other, LIMIT, () -> lock.tryLock() != null);
            if (!isCurrent()) {
                create(supervisor, console);
            }
        }
    }

    private boolean isCurrent() throws IOException {
        return Files.exists(installed())
                && Files.mismatch(installed(), wanted()) == -1
                && firstLine(List.of(python().toString(), "-c", "print('works')"))
                        .isPresent();
    }

    private Path wanted() {
        return folder.resolve("requirements.lock");
    }

    private Path installed() {
        return folder.resolve(".venv/requirements.lock");
    }

    private void create(Supervisor supervisor, Console console) throws IOException {
        String python = findPython()
                .orElseThrow(
                        () -> new StartException("no Python 3.11, 3.12 or 3.13 with venv and ensurepip found, which "
                                + "Airflow needs: install one (Debian: python3-venv), or leave out --airflow"));
        console.say("creating Airflow's virtual environment with " + python + " (only once)");
        Files.deleteIfExists(installed());
        ProcessSpec venv = spec("airflow-venv", python, "-m venv --clear .venv", line -> false);
        supervisor.run(venv, venv::name, LIMIT);
        install(supervisor);
        Files.copy(wanted(), installed());
    }

    public Optional<String> findPython() {
        return firstLine(List.of("/bin/sh", "-c", FIND_PYTHON));
    }

    private void install(Supervisor supervisor) throws IOException {
        long packages = Files.readString(wanted())
                .lines()
                .filter(line -> line.contains("=="))
                .count();
        String arguments =
                "-m pip install --disable-pip-version-check --no-input --progress-bar=off -r requirements.lock";
        AtomicInteger fetched = new AtomicInteger();
        ProcessSpec pip = spec("airflow-packages", python().toString(), arguments, line -> {
            if (line.startsWith("Collecting ")) {
                fetched.incrementAndGet();
            }
            return false;
        });
        supervisor.run(pip, () -> "Airflow's packages, %d of %d fetched".formatted(fetched.get(), packages), LIMIT);
    }

    private ProcessSpec spec(String name, String python, String arguments, Predicate<String> shown) {
        List<String> command = new ArrayList<>(List.of(arguments.split(" ")));
        command.add(0, python);
        return new ProcessSpec(name, command, environment, folder, shown, "", true);
    }

    /** Returns the first line that a command prints; empty if the command fails or cannot be started. */
    private Optional<String> firstLine(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            List<String> lines = process.inputReader().lines().toList();
            return process.onExit().join().exitValue() == 0 ? lines.stream().findFirst() : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

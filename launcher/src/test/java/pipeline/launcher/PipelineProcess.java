package pipeline.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import pipeline.events.settings.Settings;
import pipeline.launcher.process.Signals;
import pipeline.launcher.setup.Ports;

/** A {@code ./pipeline} that runs in a session of its own, as in a terminal of its own, on free ports. */
public final class PipelineProcess implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofMinutes(5);
    /** So that the test runner's own handling of Ctrl-C isn't inherited. */
    private static final String NEW_SESSION =
            "import os, signal, sys; os.setsid(); signal.signal(signal.SIGINT, signal.SIG_DFL); "
                    + "os.execv(sys.argv[1], sys.argv[1:])";

    private final Process process;
    private final Path output;
    private final Path errors;
    private List<ProcessHandle> parts = List.of();

    private PipelineProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** @param script the {@code pipeline} to run */
    public static PipelineProcess start(Path script, Path temp, Map<String, String> settings, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", NEW_SESSION, script.toString()));
        command.addAll(List.of(options));
        Path output = Files.createTempFile(temp, "out", ".txt");
        Path errors = Files.createTempFile(temp, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        Settings.all().forEach(setting -> builder.environment().remove(setting.name()));
        builder.environment().put(Settings.TRIGGER_INTERVAL.name(), "1s");
        builder.environment().put(Settings.KAFKA_PORT.name(), freePort());
        builder.environment().put(Settings.PRODUCER_PORT.name(), freePort());
        builder.environment().put(Settings.VALIDATOR_PORT.name(), freePort());
        builder.environment().put(Settings.AIRFLOW_PORT.name(), freePort());
        builder.environment().putAll(settings);
        return new PipelineProcess(builder.start(), output, errors);
    }

    private static String freePort() throws IOException {
        return Integer.toString(Ports.free());
    }

    public PipelineProcess awaitLine(String text) {
        await(text).atMost(LIMIT).until(() -> output().contains(text) || !process.isAlive());
        assertThat(output()).as(errors()).contains(text);
        return this;
    }

    public PipelineProcess awaitHealth() {
        awaitLine("all is healthy");
        parts = process.descendants().toList();
        assertThat(parts).as("guard, broker, validator, job, producer").hasSizeGreaterThanOrEqualTo(5);
        return this;
    }

    public int exitCode() {
        try {
            boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended).as("%s%n%s", output(), errors()).isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signals all processes of the session, as a terminal does. */
    public void pressCtrlC() throws IOException {
        Signals.send("INT", -process.pid());
    }

    /** Signals the launcher only. */
    public void signal(String signal) throws IOException {
        Signals.send(signal, process.pid());
    }

    /** Kills one component, as a crash does. */
    public void killPart(String jar) {
        part(jar).destroyForcibly();
    }

    /** Returns the component that runs from a jar. */
    public ProcessHandle part(String jar) {
        List<ProcessHandle> found =
                parts.stream().filter(part -> commandLine(part).contains(jar)).toList();
        assertThat(found).as(jar).hasSize(1);
        return found.get(0);
    }

    /** Returns all processes below the launcher at this moment. */
    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    private static String commandLine(ProcessHandle part) {
        return part.info().commandLine().orElse("");
    }

    public List<ProcessHandle> runningParts() {
        return parts.stream().filter(ProcessHandle::isAlive).toList();
    }

    public String output() {
        return read(output);
    }

    public String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process if a test failed. */
    @Override
    public void close() {
        Stream.concat(Stream.of(process.toHandle()), Stream.concat(process.descendants(), parts.stream()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }
}

package pipeline.endtoend.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.setup.DataFolder;

/** A process of the pipeline that tests start, kill, freeze and restart. Its output is appended to one log file. */
public final class KillableProcess {
    private final ProcessSpec spec;
    private final Path log;
    private Process process;
    private int starts;
    private long lifeBegins;

    public KillableProcess(ProcessSpec spec, Path logs) {
        this.spec = spec;
        this.log = logs.resolve(spec.name() + ".log");
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    public String name() {
        return spec.name();
    }

    public Path log() {
        return log;
    }

    public int starts() {
        return starts;
    }

    /** Returns the output since the last start. */
    public List<String> linesOfThisLife() throws IOException {
        try (FileChannel channel = FileChannel.open(log)) {
            channel.position(lifeBegins);
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    public void start() {
        start(Map.of());
    }

    /** @param properties system properties for this start only */
    public void start(Map<String, String> properties) {
        start(spec.command(), properties);
    }

    /** Starts another main class of the same jar, this time only. */
    public void startMain(String mainClass, Map<String, String> properties) {
        List<String> command = new ArrayList<>(spec.command());
        if (command.contains("-jar")) {
            command.set(command.indexOf("-jar"), "-cp");
            command.add(mainClass);
        } else {
            command.set(command.size() - 1, mainClass);
        }
        start(command, properties);
    }

    private synchronized void start(List<String> program, Map<String, String> properties) {
        List<String> command = new ArrayList<>(program);
        properties.forEach((name, value) -> command.add(1, "-D" + name + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        try {
            Files.createDirectories(spec.folder().resolve(DataFolder.TEMPORARY));
            lifeBegins = Files.exists(log) ? Files.size(log) : 0;
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        starts++;
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    public int exitCode() {
        return process.exitValue();
    }

    /** Sends SIGKILL, and returns when the process has ended. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            hasEndedWithin(30);
        }
    }

    /** Sends SIGKILL to two processes at the same time. */
    public static void killAtOnce(KillableProcess one, KillableProcess other) {
        one.process.destroyForcibly();
        other.kill();
        one.kill();
    }

    /** Sends SIGTERM, and returns whether the process ended within a minute. */
    public boolean terminate() {
        process.destroy();
        return hasEndedWithin(60);
    }

    /** Sends SIGTERM, and does not wait. */
    public void askToEnd() {
        process.destroy();
    }

    public boolean hasEndedWithin(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGSTOP: the process pauses with its connections open, as on a laptop that sleeps. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

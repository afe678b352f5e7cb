package pipeline.launcher.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A child process with its output: every line goes to its log, those that are for the console to the console. It doesn't
 * hear the terminal's Ctrl-C and hang-up, since the launcher decides in which order the parts stop.
 */
public final class ChildProcess {
    /** A JVM leaves a signal alone that was ignored when it began, and exec keeps the process id. */
    private static final List<String> SHIELD = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private static final int LAST_LINES = 15;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(30);
    private static final long OUTPUT_END_MILLIS = 3_000;

    private final ProcessSpec spec;
    private final Process process;
    private final Console console;
    private final Thread reader;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private volatile String markedLine;
    private volatile IOException logFailure;

    private ChildProcess(ProcessSpec spec, Process process, Console console, RotatingLog log) {
        this.spec = spec;
        this.process = process;
        this.console = console;
        this.reader = new Thread(() -> readOutput(log), spec.name() + " output");
        reader.setDaemon(true);
        reader.start();
    }

    static ChildProcess start(ProcessSpec spec, RotatingLog log, Console console) throws IOException {
        List<String> command = new ArrayList<>(SHIELD);
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        return new ChildProcess(spec, builder.start(), console, log);
    }

    public String name() {
        return spec.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int exitCode() {
        return process.exitValue();
    }

    /** Says whether it has ended although it should not have. */
    boolean hasFailed() {
        return !isAlive() && !(spec.mayEnd() && exitCode() == 0);
    }

    /** Returns the first line that contained the mark of the spec, of all lines when the part has ended. */
    public Optional<String> markedLine() {
        if (!isAlive()) {
            awaitEndOfOutput();
        }
        return Optional.ofNullable(markedLine);
    }

    /** Returns why its log could not be written, if so. */
    Optional<IOException> logFailure() {
        return Optional.ofNullable(logFailure);
    }

    /** Returns its last lines, once the output has come to its end or a moment has passed. */
    public List<String> lastLines() {
        awaitEndOfOutput();
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    /**
     * Asks the process to end, and kills it when it hasn't in time.
     *
     * @return whether it ended when asked to
     */
    boolean stop(Duration patience) {
        // Not Process.destroy: that closes the output too, and the part's last lines would be lost.
        process.toHandle().destroy();
        boolean ended = hasEndedWithin(patience);
        if (!ended) {
            process.toHandle().destroyForcibly();
            hasEndedWithin(patience);
        }
        awaitEndOfOutput();
        return ended;
    }

    /** Ends the process as a crash does. */
    void kill() {
        process.toHandle().destroyForcibly();
        hasEndedWithin(KILL_LIMIT);
        awaitEndOfOutput();
    }

    private boolean hasEndedWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the launcher", e);
        }
    }

    private void awaitEndOfOutput() {
        try {
            reader.join(OUTPUT_END_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the launcher", e);
        }
    }

    /** Reads on even when the log can't be written: a full pipe would keep the part from ending. */
    private void readOutput(RotatingLog log) {
        try (log;
                BufferedReader output =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                take(line);
                if (logFailure == null) {
                    write(log, line);
                }
            }
        } catch (IOException e) {
            logFailure = e;
        }
    }

    private void take(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == LAST_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
        if (spec.shown().test(line)) {
            console.line(spec.name(), line);
        }
        if (markedLine == null && line.contains(spec.mark())) {
            markedLine = line;
        }
    }

    private void write(RotatingLog log, String line) {
        try {
            log.write(line);
        } catch (IOException e) {
            logFailure = e;
        }
    }
}

package pipeline.launcher.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A child process and its output: every line goes to its log, and the lines to show also go to the console. The process
 * ignores the terminal's Ctrl-C and hang-up, because the launcher decides in which order the components stop.
 */
public final class ChildProcess {
    /** A JVM keeps ignoring a signal that was ignored when it started, and exec keeps the process id. */
    private static final List<String> SHIELD = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private static final int LAST_LINES = 15;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(30);
    private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(3);

    private final ProcessSpec spec;
    private final Process process;
    private final Console console;
    private final CompletableFuture<Void> output;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private volatile String markedLine;
    private volatile IOException logFailure;

    private ChildProcess(ProcessSpec spec, Process process, Console console, RotatingLog log) {
        this.spec = spec;
        this.process = process;
        this.console = console;
        this.output = CompletableFuture.runAsync(() -> readOutput(log), readOutput -> {
            Thread reader = new Thread(readOutput, spec.name() + " output");
            reader.setDaemon(true);
            reader.start();
        });
    }

    static ChildProcess start(ProcessSpec spec, RotatingLog log, Console console) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.of(SHIELD, spec.command()).flatMap(List::stream).toList())
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

    boolean hasFailed() {
        return !isAlive() && !(spec.mayEnd() && exitCode() == 0);
    }

    /** Returns the first line so far that contains the mark of the spec. If the process has ended, all its lines are searched. */
    public Optional<String> markedLine() {
        if (!isAlive()) {
            awaitEndOfOutput();
        }
        return Optional.ofNullable(markedLine);
    }

    Optional<IOException> logFailure() {
        return Optional.ofNullable(logFailure);
    }

    /** Returns its last lines, after waiting a moment for the end of the output. */
    public List<String> lastLines() {
        awaitEndOfOutput();
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    /**
     * Sends SIGTERM, and SIGKILL if the process has not ended in time.
     *
     * @return whether it ended without SIGKILL
     */
    boolean stop(Duration limit) {
        // Process.destroy would also close the output, and lose the last lines.
        process.toHandle().destroy();
        boolean ended = hasEndedWithin(limit);
        if (ended) {
            awaitEndOfOutput();
        } else {
            kill();
        }
        return ended;
    }

    /** Ends the process as a crash does, with SIGKILL. */
    void kill() {
        process.toHandle().destroyForcibly();
        hasEndedWithin(KILL_LIMIT);
        awaitEndOfOutput();
    }

    private boolean hasEndedWithin(Duration limit) {
        await(process.onExit(), limit);
        return !isAlive();
    }

    private void awaitEndOfOutput() {
        await(output.copy(), OUTPUT_LIMIT);
    }

    private static void await(CompletableFuture<?> end, Duration limit) {
        end.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Keeps reading even if the log cannot be written: a full pipe would block the process. */
    private void readOutput(RotatingLog log) {
        try (log;
                BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (logFailure == null) {
                    write(log, line);
                }
                take(line);
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

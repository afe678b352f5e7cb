package pipeline.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Starts the components, watches them while the launcher waits for something, and stops them. {@link #check} and all waits
 * throw a {@link StopException} on whatever ends the launch early: a signal, a component that has ended, a log that cannot
 * be written, or output that nobody reads.
 */
public final class Supervisor {
    /** A supplier that reads files or asks other processes. */
    @FunctionalInterface
    public interface IoSupplier<T> {
        T get() throws IOException;
    }

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PROGRESS = Duration.ofSeconds(10);
    /**
     * What ends by itself, such as an installation, stops first, then the source of new events. The broker stops last, because all
     * others need it.
     */
    private static final List<String> STOP_ORDER =
            List.of("producer", "job", "plain", "airflow", "validator", "broker");

    private final Path logs;
    private final Console console;
    private final Guard guard;
    private final StopRequest stopRequest;
    private final List<ChildProcess> running = new ArrayList<>();

    public Supervisor(Path logs, Console console, Guard guard, StopRequest stopRequest) {
        this.logs = logs;
        this.console = console;
        this.guard = guard;
        this.stopRequest = stopRequest;
    }

    /** @throws IllegalArgumentException if the process does not end by itself, and has no place in the order of stopping */
    public ChildProcess start(ProcessSpec spec) throws IOException {
        if (!spec.mayEnd() && !STOP_ORDER.contains(spec.name())) {
            throw new IllegalArgumentException(spec.name() + " has no place in STOP_ORDER");
        }
        check();
        ChildProcess process = ChildProcess.start(spec, RotatingLog.open(log(spec.name())), console);
        running.add(process);
        guard.watch(process.pid());
        return process;
    }

    /**
     * Runs a process until it ends.
     *
     * @param what is awaited, for the progress lines
     * @throws StopException if it ends with another exit code than 0, or takes longer than the limit
     */
    public void run(ProcessSpec spec, IoSupplier<String> what, Duration limit) throws IOException {
        ChildProcess process = start(spec);
        await(what, limit, POLL, () -> !process.isAlive());
        check();
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }

    public void check() throws IOException {
        pause(Duration.ZERO);
    }

    /** Waits for the given time, then checks like {@link #check}. */
    public void pause(Duration time) throws IOException {
        if (stopRequest.comesWithin(time)) {
            throw new StopException("");
        }
        if (console.isBroken()) {
            throw new StopException("nobody reads the output any more; stopping");
        }
        for (ChildProcess process : List.copyOf(running)) {
            check(process);
        }
    }

    private void check(ChildProcess process) throws IOException {
        if (process.logFailure().isPresent()) {
            throw new StopException(log(process.name()) + " cannot be written: "
                    + process.logFailure().get());
        }
        if (process.isAlive()) {
            return;
        }
        forget(process);
        if (process.hasFailed()) {
            List<String> lines = process.lastLines();
            throw new StopException(process.name() + " ended with exit code " + process.exitCode()
                    + (lines.isEmpty() ? "" : "; its last lines:\n  " + String.join("\n  ", lines)));
        }
    }

    private void forget(ChildProcess process) throws IOException {
        running.remove(process);
        guard.forget(process.pid());
    }

    public void await(String what, Duration limit, IoSupplier<Boolean> condition) throws IOException {
        await(() -> what, limit, POLL, condition);
    }

    /**
     * Waits until a condition holds, and says every ten seconds what is awaited.
     *
     * @param poll time between two evaluations of the condition
     * @throws StopException if it takes longer than the limit
     */
    public void await(IoSupplier<String> what, Duration limit, Duration poll, IoSupplier<Boolean> condition)
            throws IOException {
        long start = System.nanoTime();
        Duration lastSaid = Duration.ZERO;
        while (!condition.get()) {
            pause(poll);
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(limit) > 0) {
                throw new StopException(
                        "%s: not ready after %d s; see %s".formatted(what.get(), limit.toSeconds(), logs));
            }
            if (waited.compareTo(lastSaid.plus(PROGRESS)) >= 0) {
                lastSaid = waited;
                console.say("waiting for %s, %d s".formatted(what.get(), waited.toSeconds()));
            }
        }
    }

    /** Ends a process with SIGKILL, which does not count as its failure. */
    public void kill(ChildProcess process) throws IOException {
        process.kill();
        forget(process);
    }

    public void stopAll() throws IOException {
        console.clearStatus();
        running.sort(Comparator.comparingInt(process -> STOP_ORDER.indexOf(process.name())));
        for (ChildProcess process : List.copyOf(running)) {
            console.say("stopping " + process.name());
            if (!process.stop(STOP_LIMIT)) {
                console.say(
                        "%s did not end within %d s and was killed".formatted(process.name(), STOP_LIMIT.toSeconds()));
            }
            forget(process);
        }
    }
}

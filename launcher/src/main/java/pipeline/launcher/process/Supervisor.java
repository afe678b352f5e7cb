package pipeline.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Starts the parts, watches them while the launcher waits for something, and stops them. Whatever ends the run early
 * comes as a {@link StopException} out of {@link #check} and the waits: a signal, a part that has ended, a log that
 * can't be written, an output that nobody reads.
 */
public final class Supervisor {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PROGRESS = Duration.ofSeconds(10);
    /** Nobody makes new events first; the broker goes last, since all others talk to it. */
    private static final List<String> STOP_ORDER = List.of("producer", "job", "airflow", "validator", "broker");

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

    public ChildProcess start(ProcessSpec spec) throws IOException {
        check();
        ChildProcess part = ChildProcess.start(spec, RotatingLog.open(log(spec.name())), console);
        running.add(part);
        guard.watch(part.pid());
        return part;
    }

    /** Runs a part to its end, which must be a good one. */
    public void run(ProcessSpec spec, Duration limit) throws IOException {
        run(spec, spec::name, limit);
    }

    /**
     * Runs a part to its end, which must be a good one.
     *
     * @param what is waited for, for the lines that say so
     */
    public void run(ProcessSpec spec, Supplier<String> what, Duration limit) throws IOException {
        ChildProcess part = start(spec);
        await(what, limit, () -> !part.isAlive());
        check();
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }

    /** @throws StopException when the run is not to go on */
    public void check() throws IOException {
        pause(Duration.ZERO);
    }

    /** Waits that long, and watches. */
    public void pause(Duration time) throws IOException {
        if (stopRequest.comesWithin(time)) {
            throw StopException.asked();
        }
        if (console.isBroken()) {
            throw StopException.because("nobody reads the output any more; stopping");
        }
        for (ChildProcess part : List.copyOf(running)) {
            check(part);
        }
    }

    private void check(ChildProcess part) throws IOException {
        if (part.logFailure().isPresent()) {
            throw StopException.because(
                    log(part.name()) + " can't be written: " + part.logFailure().get());
        }
        if (part.hasFailed()) {
            forget(part);
            throw StopException.because(part.name() + " ended with exit code " + part.exitCode(), part);
        }
        if (!part.isAlive()) {
            forget(part);
        }
    }

    private void forget(ChildProcess part) throws IOException {
        running.remove(part);
        guard.forget(part.pid());
    }

    /** Waits until something is done, saying every ten seconds what is waited for. */
    public void await(String what, Duration limit, BooleanSupplier done) throws IOException {
        await(() -> what, limit, done);
    }

    /**
     * Waits until something is done, saying every ten seconds what is waited for.
     *
     * @throws StopException when it takes longer than the limit
     */
    public void await(Supplier<String> what, Duration limit, BooleanSupplier done) throws IOException {
        long start = System.nanoTime();
        Duration said = Duration.ZERO;
        while (!done.getAsBoolean()) {
            pause(POLL);
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(limit) > 0) {
                throw StopException.because(
                        "%s: not ready after %d s; see %s".formatted(what.get(), limit.toSeconds(), logs));
            }
            if (waited.compareTo(said.plus(PROGRESS)) >= 0) {
                said = waited;
                console.say("waiting for %s, %d s".formatted(what.get(), waited.toSeconds()));
            }
        }
    }

    /** Ends a part with SIGKILL; that is no failure of it. */
    public void kill(ChildProcess part) throws IOException {
        part.kill();
        forget(part);
    }

    /** Stops what runs, one part after the other. */
    public void stopAll() throws IOException {
        console.clearStatus();
        running.sort(Comparator.comparingInt(part -> STOP_ORDER.indexOf(part.name())));
        for (ChildProcess part : List.copyOf(running)) {
            console.say("stopping " + part.name());
            if (!part.stop(STOP_LIMIT)) {
                console.say("%s did not end within %d s and was killed".formatted(part.name(), STOP_LIMIT.toSeconds()));
            }
            forget(part);
        }
    }
}

package pipeline.launcher.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A request to stop, made by a signal (Ctrl-C, SIGTERM, SIGHUP). The JVM exits with 128 + signal as soon as
 * {@link #finished} is called, when everything has been stopped.
 */
public final class StopRequest {
    private final CompletableFuture<Boolean> requested = new CompletableFuture<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    /** Listens for signals from now on. The caller must call {@link #finished} in the end: a signal waits for it. */
    public static StopRequest listen() {
        StopRequest request = new StopRequest();
        Thread onSignal = new Thread(
                () -> {
                    request.request();
                    request.finished.join();
                },
                "signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        return request;
    }

    void request() {
        requested.complete(true);
    }

    /** Waits for the given time, or until the request comes; returns whether it has come. */
    boolean comesWithin(Duration time) {
        return requested
                .copy()
                .completeOnTimeout(false, time.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }

    public void finished() {
        finished.complete(null);
    }
}

package pipeline.launcher.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish to stop that a signal brings (Ctrl-C, SIGTERM, SIGHUP). The JVM ends with 128 + signal as soon as
 * {@link #finished} says that all is stopped.
 */
public final class StopRequest {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /** Listens for signals from now on; every path that follows must come to {@link #finished}. */
    public static StopRequest listen() {
        StopRequest request = new StopRequest();
        Runtime.getRuntime().addShutdownHook(new Thread(request::signalled, "signal"));
        return request;
    }

    /** What a signal does. */
    void request() {
        requested.countDown();
    }

    private void signalled() {
        request();
        try {
            finished.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the launcher", e);
        }
    }

    /** Waits that long, or shorter when the request comes. */
    boolean comesWithin(Duration time) {
        try {
            return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the launcher", e);
        }
    }

    public void finished() {
        finished.countDown();
    }
}

package pipeline.streaming.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** Lets a query stop between two batches; Spark's own stop would interrupt the current one. */
public final class BatchGate {
    /** How long a batch waits for Spark to stop its query. After {@link #close}, Spark needs far less than this. */
    static final long MILLIS_TO_STOP = 2_000;

    private final Duration timeout;
    private final ReentrantLock currentBatch = new ReentrantLock();
    private volatile boolean closed;
    private volatile boolean isHeldUp;

    /** @param timeout how long to wait for the current batch */
    public BatchGate(Duration timeout) {
        this.timeout = timeout;
    }

    public interface Batch {
        void run() throws IOException;
    }

    public interface Action {
        void run() throws TimeoutException;
    }

    /**
     * Runs a batch, unless the gate is closed or the query is being stopped.
     *
     * @throws InterruptedException when it is. Spark interrupts a query that it stops, but only once, and code
     *     that it calls may swallow that: Hadoop does so while it waits for a process
     */
    public void pass(Batch batch) throws IOException, InterruptedException {
        while (!currentBatch.tryLock(MILLIS_TO_STOP, TimeUnit.MILLISECONDS)) {
            if (isHeldUp) {
                throw new InterruptedException("the query is stopping");
            }
        }
        try {
            if (closed) {
                Thread.sleep(MILLIS_TO_STOP);
                throw new InterruptedException("the query is stopping");
            }
            batch.run();
        } finally {
            currentBatch.unlock();
        }
    }

    /**
     * Stops a query while no batch is running: waits for the current one, and lets the query start no further one.
     *
     * @param stop returns when the query has ended
     */
    public void stopBetweenBatches(Action stop) throws TimeoutException {
        currentBatch.lock();
        isHeldUp = true;
        try {
            stop.run();
        } finally {
            isHeldUp = false;
            currentBatch.unlock();
        }
    }

    /**
     * Waits for the current batch, and lets no further one pass. Returns whether it ended in time. It may never end: while the
     * JVM shuts down, Spark does not report failed tasks to their query, for example those that cannot reach Kafka.
     */
    public boolean close() {
        boolean ended = false;
        try {
            ended = currentBatch.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
        if (ended) {
            currentBatch.unlock();
        }
        return ended;
    }
}

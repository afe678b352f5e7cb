package pipeline.streaming;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Lets a query end between two batches; Spark's own stop would interrupt the one in hand. */
final class BatchGate {
    /** More than enough from {@link #close} to Spark's own stop. */
    static final long MILLIS_TO_STOP = 2_000;

    private final Duration patience;
    private final ReentrantLock batchInHand = new ReentrantLock();
    private volatile boolean closed;

    /** @param patience how long to wait for the batch in hand */
    BatchGate(Duration patience) {
        this.patience = patience;
    }

    interface Batch {
        void run() throws IOException;
    }

    /**
     * Runs a batch, unless the gate is closed.
     *
     * @throws InterruptedException when it is closed. Spark interrupts the query when it stops it, but only once, and code
     *     that it calls may have swallowed that: Hadoop's does, while it waits for a process
     */
    void pass(Batch batch) throws IOException, InterruptedException {
        batchInHand.lockInterruptibly();
        try {
            if (closed) {
                Thread.sleep(MILLIS_TO_STOP);
                throw new InterruptedException("the query is to stop");
            }
            batch.run();
        } finally {
            batchInHand.unlock();
        }
    }

    /**
     * Waits for the batch in hand, and lets no other one pass, ever. Returns whether that one ended in time: Spark does not tell
     * a query of tasks that fail while the JVM shuts down, and without Kafka they do.
     */
    boolean close() {
        boolean ended = false;
        try {
            ended = batchInHand.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
        if (ended) {
            batchInHand.unlock();
        }
        return ended;
    }
}

package pipeline.streaming;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** Lets a query end between two batches; Spark's own stop would interrupt the one in hand. */
final class BatchGate {
    /** More than enough from {@link #close} to Spark's own stop. */
    static final long MILLIS_TO_STOP = 2_000;

    private final ReentrantLock batchInHand = new ReentrantLock();
    private volatile boolean closed;

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

    /** Waits for the batch in hand, and lets no other one pass, ever. */
    void close() {
        batchInHand.lock();
        closed = true;
        batchInHand.unlock();
    }
}

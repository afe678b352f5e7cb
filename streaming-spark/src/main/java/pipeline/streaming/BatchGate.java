package pipeline.streaming;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** Lets a query end between two batches; Spark's own stop would interrupt the one in hand. */
final class BatchGate {
    private final ReentrantLock batchInHand = new ReentrantLock();

    interface Batch {
        void run() throws IOException;
    }

    /** Runs a batch, unless the gate is closed: then it waits until Spark interrupts it. */
    void pass(Batch batch) throws IOException, InterruptedException {
        batchInHand.lockInterruptibly();
        try {
            batch.run();
        } finally {
            batchInHand.unlock();
        }
    }

    /** Waits for the batch in hand, and lets no other one pass, ever. */
    void close() {
        batchInHand.lock();
    }
}

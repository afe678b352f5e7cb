package pipeline.validator.dataset.storage;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices that a file system does not answer, as NFS does not while its server is gone. A thread that has called it then waits
 * until it answers again, and nothing can interrupt that thread.
 */
public final class Watch {
    private final Duration limit;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    /** @param limit how long a single call may take; it reads at most {@link WatchedChannel#MAX_BYTES} */
    public Watch(Duration limit) {
        this.limit = limit;
    }

    /** A call of one thread, or several one after the other. */
    final class Call implements AutoCloseable {
        private final Storage storage;
        private final String path;
        private volatile long since = System.nanoTime();
        private volatile boolean isWaiting = true;

        private Call(Storage storage, String path) {
            this.storage = storage;
            this.path = path;
        }

        /** Notes that the file system has answered, and that the next call has not begun yet. */
        void pause() {
            isWaiting = false;
        }

        void next() {
            since = System.nanoTime();
            isWaiting = true;
        }

        private boolean isOverdue() {
            return isWaiting && System.nanoTime() - since > limit.toNanos() && isWaiting;
        }

        @Override
        public void close() {
            calls.remove(this);
        }
    }

    Call begin(Storage storage, String path) {
        Call call = new Call(storage, path);
        calls.add(call);
        return call;
    }

    /** @throws StorageException if a call of any thread has waited for too long */
    public void requireAnswers() {
        for (Call call : calls) {
            if (call.isOverdue()) {
                throw new StorageException(
                        call.storage.describe(call.path) + " has not answered for more than " + limit.toSeconds()
                                + " s. If its file system is on another machine, is that one running?",
                        null);
            }
        }
    }
}

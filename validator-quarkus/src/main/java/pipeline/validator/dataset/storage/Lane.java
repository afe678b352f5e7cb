package pipeline.validator.dataset.storage;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Reads from storage on threads of its own, so that nobody else has to wait for storage that hangs. At most one piece of work at a
 * time runs on each thread; the others wait in the order of their arrival.
 */
public final class Lane implements AutoCloseable {
    private static final int LOOK_EVERY_MS = 250;
    private static final int IDLE_SECONDS = 60;

    private final Storage storage;
    private final String name;
    private final ThreadPoolExecutor threads;
    private final Set<Future<?>> unfinished = ConcurrentHashMap.newKeySet();

    /**
     * @param name what it does, in plural, for people
     * @param maxWaiting how many may wait
     */
    public Lane(Storage storage, String name, int threads, int maxWaiting) {
        this.storage = storage;
        this.name = name;
        this.threads = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(maxWaiting), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true); // one that hangs must not keep the process from ending
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
        this.threads.setRejectedExecutionHandler((work, full) -> refuse());
    }

    private void refuse() {
        if (threads.isShutdown()) {
            throw new CancellationException();
        }
        throw new BusyException("Too many " + name + " wait already");
    }

    /**
     * Does the work and returns its result.
     *
     * @throws StorageException if the storage does not answer; the work goes on once it does
     * @throws BusyException if too many others wait
     * @throws CancellationException after {@link #close}
     */
    public <T> T call(Supplier<T> work) {
        storage.requireAnswers();
        Future<T> future = submit(work);
        try {
            return await(future);
        } finally {
            future.cancel(false);
        }
    }

    /** Queues the work, and returns at once. */
    public <T> Future<T> submit(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get) {
            @Override
            protected void done() {
                unfinished.remove(this);
            }
        };
        unfinished.add(task);
        try {
            threads.execute(task);
        } catch (BusyException | CancellationException e) {
            unfinished.remove(task);
            throw e;
        }
        return task;
    }

    /** Waits for the work like {@link #call}. */
    public <T> T await(Future<T> work) {
        while (true) {
            try {
                return work.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                storage.requireAnswers();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    /** Gives up all work, without interrupting it: what hangs would not notice. */
    @Override
    public void close() {
        threads.shutdown();
        unfinished.forEach(work -> work.cancel(false));
    }
}

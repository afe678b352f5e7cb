package pipeline.validator.dataset.storage;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Consumer;
import java.util.function.Function;

/** Applies functions to many files in parallel, on one thread per processor. */
@Singleton
public class Workers implements AutoCloseable {
    /** Limits how many results are in memory at the same time. */
    static final int SLICE = 1000;

    private final ForkJoinPool threads = new ForkJoinPool();
    private volatile boolean closed;

    /**
     * Returns the result for each item, in the order of the items.
     *
     * @throws CancellationException after {@link #close}
     */
    public <T, R> List<R> map(List<T> items, Function<T, R> function) {
        if (items.size() == 1) {
            return List.of(apply(function, items.get(0)));
        }
        List<ForkJoinTask<R>> tasks = items.stream()
                .map(item -> threads.submit(() -> apply(function, item)))
                .toList();
        return tasks.stream().map(ForkJoinTask::join).toList();
    }

    private <T, R> R apply(Function<T, R> function, T item) {
        if (closed) {
            throw new CancellationException();
        }
        return function.apply(item);
    }

    /** Does the same for any number of items, slice by slice, and passes each result on. */
    public <T, R> void forEach(Collection<T> items, Function<T, R> function, Consumer<R> action) {
        List<T> slice = new ArrayList<>(SLICE);
        for (T item : items) {
            slice.add(item);
            if (slice.size() == SLICE) {
                map(slice, function).forEach(action);
                slice.clear();
            }
        }
        map(slice, function).forEach(action);
    }

    /** Runs the action for each item. */
    public <T> void run(List<T> items, Consumer<T> action) {
        map(items, item -> {
            action.accept(item);
            return true;
        });
    }

    /** Gives up the work in progress, without interrupting a thread: one that waits for storage that hangs would not notice. */
    @Override
    @PreDestroy
    public void close() {
        closed = true;
    }
}

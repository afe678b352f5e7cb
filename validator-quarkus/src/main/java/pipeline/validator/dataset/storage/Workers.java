package pipeline.validator.dataset.storage;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does things to files, as many at a time as there are processors. */
@Singleton
public class Workers implements AutoCloseable {
    /** Bounds how many results are held in memory at a time. */
    static final int SLICE = 1000;

    private final ExecutorService threads;

    public Workers() {
        AtomicLong number = new AtomicLong();
        this.threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, "files-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Calls a function for each item, in parallel, and returns the results in the order of the items. */
    public <T, R> List<R> map(List<T> items, Function<T, R> function) {
        if (items.size() == 1) {
            return List.of(function.apply(items.get(0)));
        }
        return items.stream()
                .map(item -> CompletableFuture.supplyAsync(() -> function.apply(item), threads))
                .toList()
                .stream()
                .map(Workers::resultOf)
                .toList();
    }

    /** Does the same to any number of items, a slice after the other, and hands the results on. */
    public <T, R> void forEach(Collection<T> items, Function<T, R> function, Consumer<R> action) {
        Iterator<T> rest = items.iterator();
        while (rest.hasNext()) {
            List<T> slice = new ArrayList<>(SLICE);
            while (rest.hasNext() && slice.size() < SLICE) {
                slice.add(rest.next());
            }
            map(slice, function).forEach(action);
        }
    }

    private static <R> R resultOf(CompletableFuture<R> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StorageException known ? known : e;
        }
    }

    @Override
    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }
}

package pipeline.validator.dataset;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Does things to files, as many at a time as there are processors. */
@Singleton
public class Workers implements AutoCloseable {
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
    <T, R> List<R> forEach(List<T> items, Function<T, R> function) {
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

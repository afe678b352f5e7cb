package pipeline.validator.dataset;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import pipeline.events.OutputTree;
import pipeline.validator.dataset.parquet.FileScanner;

/** Aggregates files, as many at a time as there are processors. */
final class Scanner implements AutoCloseable {
    private final Storage storage;
    private final ExecutorService threads;
    private final LongAdder filesOpened = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * What came of one file.
     *
     * @param totals null when it could not be read
     * @param reason why it could not be read, or null
     */
    record Scanned(String path, FileTotals totals, String reason) {
        boolean isReadable() {
            return totals != null;
        }
    }

    Scanner(Storage storage) {
        this.storage = storage;
        AtomicLong number = new AtomicLong();
        this.threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, "scan-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns what came of each file, in the order given. */
    List<Scanned> scan(List<String> paths) {
        return forEach(paths, this::scan);
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
                .map(Scanner::resultOf)
                .toList();
    }

    private static <R> R resultOf(CompletableFuture<R> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StorageException known ? known : e;
        }
    }

    private Scanned scan(String path) {
        try {
            Storage.Entry entry = storage.find(path).orElseThrow(() -> new UnreadableFileException("it is not there"));
            requireFile(path, entry);
            filesOpened.increment();
            FileTotals totals = FileScanner.scan(storage.open(path), FolderId.of(path));
            bytes.add(totals.bytes());
            return new Scanned(path, totals, null);
        } catch (UnreadableFileException | IOException | IllegalArgumentException | StorageException e) {
            return new Scanned(path, null, e.getMessage());
        }
    }

    private static void requireFile(String path, Storage.Entry entry) throws UnreadableFileException {
        if (entry.folder()) {
            throw new UnreadableFileException(
                    path.endsWith(OutputTree.PARQUET_SUFFIX) ? "it is a folder" : "the folder can't be listed");
        }
        if (entry.stamp().bytes() == 0) {
            throw new UnreadableFileException("it is empty");
        }
    }

    long filesOpened() {
        return filesOpened.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

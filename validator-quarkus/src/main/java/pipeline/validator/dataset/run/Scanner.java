package pipeline.validator.dataset.run;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.FolderId;
import pipeline.validator.dataset.parquet.FileScanner;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/** Aggregates files. Has workers of its own, so that no audit of a whole tree keeps new files waiting. */
final class Scanner implements AutoCloseable {
    private final Storage storage;
    private final Workers workers = new Workers();
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
    }

    /** Returns what came of each file, in the order given. */
    List<Scanned> scan(List<String> paths) {
        return workers.map(paths, this::scan);
    }

    Workers workers() {
        return workers;
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
        workers.close();
    }
}

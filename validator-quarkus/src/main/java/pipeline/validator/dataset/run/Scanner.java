package pipeline.validator.dataset.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.ledger.RunSchemas;
import pipeline.validator.dataset.parquet.FileScanner;
import pipeline.validator.dataset.parquet.event.EventScanner;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/** Aggregates files. Has workers of its own, so that new files need not wait for an audit of a whole tree. */
public final class Scanner implements AutoCloseable {
    private final Workers workers = new Workers();
    private final LongAdder filesOpened = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * @param totals null if the file could not be read
     * @param reason why it could not be read, or null
     */
    record Scanned(String path, FileTotals totals, String reason) {}

    /**
     * The run that files belong to.
     *
     * @param tallies those that the files' tallies will be added to
     */
    record Context(Storage storage, RunSchemas schemas, Tallies tallies) {}

    /** Returns the result for each file, in the given order. */
    List<Scanned> scan(Context run, List<String> paths) {
        return workers.map(paths, path -> scan(run, path));
    }

    Workers workers() {
        return workers;
    }

    Scanned scan(Context run, String path) {
        try {
            Optional<EventSchema> schema = run.schemas().of(path);
            FileTotals totals = schema.isPresent()
                    ? EventScanner.scan(run.storage(), path, schema.get(), run.tallies())
                    : FileScanner.scan(run.storage(), path);
            filesOpened.increment();
            bytes.add(totals.bytes());
            return new Scanned(path, totals, null);
        } catch (UnreadableFileException | StorageException e) {
            return new Scanned(path, null, reason(run.storage(), path, e));
        }
    }

    /** Finds out what is at the path. Only after a failure, since doing so for each of many files would cost time. */
    private static String reason(Storage storage, String path, Exception failure) {
        try {
            Optional<Storage.Entry> entry = storage.find(path);
            if (entry.isEmpty()) {
                return "it does not exist";
            }
            if (entry.get().folder()) {
                return path.endsWith(OutputTree.PARQUET_SUFFIX) ? "it is a folder" : "the folder can't be listed";
            }
            return entry.get().stamp().bytes() == 0 ? "it is empty" : failure.getMessage();
        } catch (StorageException e) {
            return e.getMessage();
        }
    }

    public long filesOpened() {
        return filesOpened.sum();
    }

    public long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        workers.close();
    }
}

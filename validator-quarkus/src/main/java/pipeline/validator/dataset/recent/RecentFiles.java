package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.listing.FileList;
import pipeline.validator.dataset.listing.SparkMetadataLog;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.Runs;
import pipeline.validator.dataset.storage.Storage;

/** Finds a run's newest data without looking at the older one. */
@ApplicationScoped
public class RecentFiles {
    private final Storage storage;

    RecentFiles(Storage storage) {
        this.storage = storage;
    }

    /**
     * Returns the files that were committed at a time or later, or that changed since where there is no ledger. An event
     * is committed after it happened, so these hold every event since then, unless one came from the future.
     */
    List<String> since(RunSnapshot run, Instant from) {
        if (run.kind() == RunSnapshot.Kind.LEDGER) {
            return files(run, recordsWhile(run, record -> !record.committedAt().isBefore(from)));
        }
        return newestFirst(run).stream()
                .filter(file -> !file.getValue().modified().isBefore(from))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the newest files, as many as hold a number of rows where there is a ledger, and that number of files else. */
    List<String> holding(RunSnapshot run, int rows) {
        if (run.kind() == RunSnapshot.Kind.LEDGER) {
            long[] held = {0};
            return files(run, recordsWhile(run, record -> {
                boolean isNeeded = held[0] < rows;
                held[0] += record.rows();
                return isNeeded;
            }));
        }
        return newestFirst(run).stream().limit(rows).map(Map.Entry::getKey).toList();
    }

    /** Returns the newest records of a run's ledger, newest first. */
    public List<LedgerRecord> records(RunSnapshot run, int limit) {
        int[] count = {0};
        return recordsWhile(run, record -> count[0]++ < limit);
    }

    private List<LedgerRecord> recordsWhile(RunSnapshot run, Predicate<LedgerRecord> isWanted) {
        List<LedgerRecord> records = new ArrayList<>();
        if (run.ledger().isEmpty()) {
            return records;
        }
        LedgerFolder ledger = LedgerFolder.of(storage, run.name());
        for (long seq = run.ledger().get().newest().seq(); seq >= 0; seq--) {
            LedgerRecord record = ledger.has(seq) ? ledger.read(seq).record() : null;
            if (record != null && record.committedAt() != null) {
                if (!isWanted.test(record)) {
                    break;
                }
                records.add(record);
            }
        }
        return records;
    }

    private static List<String> files(RunSnapshot run, List<LedgerRecord> records) {
        List<String> files = new ArrayList<>();
        for (LedgerRecord record : records) {
            for (LedgerFile file : record.files()) {
                files.add(run.name() + "/" + file.path());
            }
        }
        return files;
    }

    private List<Map.Entry<String, Storage.Stamp>> newestFirst(RunSnapshot run) {
        FileList list = run.kind() == RunSnapshot.Kind.SPARK_METADATA
                ? new SparkMetadataLog(storage, Runs.prefix(run.name()))
                : Runs.listing(storage, run.name());
        return list.files().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Storage.Stamp>, Instant>comparing(
                                file -> file.getValue().modified())
                        .reversed())
                .toList();
    }
}

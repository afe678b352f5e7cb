package pipeline.validator.dataset.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.parquet.OffsetReader;
import pipeline.validator.dataset.run.RunFolder;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/**
 * Reads every visible file of a run and compares its offsets with the ledger. The ledger promises that each offset is found
 * exactly once: in a Parquet file, among the rejected events, or in a recorded gap. The next audit sees what is committed
 * while this one reads.
 */
@ApplicationScoped
public class OffsetAuditor {
    private final RejectedFiles rejectedFiles;
    private final Workers workers;

    OffsetAuditor(RejectedFiles rejectedFiles, Workers workers) {
        this.rejectedFiles = rejectedFiles;
        this.workers = workers;
    }

    public OffsetAudit audit(RunSnapshot run) {
        RunFolder folder = run.folder();
        OffsetComparison comparison = new OffsetComparison(run.kind() == RunSnapshot.Kind.LEDGER);
        if (run.kind() == RunSnapshot.Kind.LEDGER) {
            LedgerFolder ledger = folder.ledger();
            workers.forEach(ledger.list(), ledger::read, found -> comparison.expect(run.name(), found.record()));
        }
        workers.forEach(
                folder.files(run.kind()).files().keySet(),
                path -> read(folder.storage(), path, comparison),
                problem -> problem.ifPresent(comparison::addUnreadable));
        comparison.readRejected(rejectedFiles);
        return comparison.audit();
    }

    /** Returns path and reason of a file that cannot be read. */
    private static Optional<String> read(Storage storage, String path, OffsetComparison comparison) {
        try {
            comparison.add(OffsetReader.read(storage, path));
            return Optional.empty();
        } catch (UnreadableFileException e) {
            return Optional.of(path + " (" + e.getMessage() + ")");
        }
    }
}

package pipeline.validator.dataset.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.listing.SparkMetadataLog;
import pipeline.validator.dataset.parquet.OffsetReader;
import pipeline.validator.dataset.run.RunFolder;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/** Compares what is in a run's folder with what its ledger, or Spark's log, says. The job may publish meanwhile. */
@ApplicationScoped
public class RunAuditor {
    private final RejectedFiles rejectedFiles;
    private final Workers workers;

    RunAuditor(RejectedFiles rejectedFiles, Workers workers) {
        this.rejectedFiles = rejectedFiles;
        this.workers = workers;
    }

    /**
     * Lists the folder as a reader that knows nothing about ledgers does. Only records that existed before the listing can
     * show that a file is missing, while later ones can explain a file too.
     *
     * @return nothing if neither a ledger nor Spark's log says which files should be there
     */
    public Optional<TreeAudit> files(RunSnapshot run) {
        return switch (run.kind()) {
            case LEDGER -> Optional.of(withLedger(run.folder()));
            case SPARK_METADATA -> Optional.of(withSparkLog(run.folder()));
            case LISTING -> Optional.empty();
        };
    }

    private TreeAudit withLedger(RunFolder run) {
        LedgerFolder ledger = run.ledger();
        List<Long> seqs = ledger.list();
        LedgerComparison comparison = new LedgerComparison(run.name(), run.glob());
        workers.forEach(seqs, ledger::read, found -> comparison.add(found.record(), true));
        long next = seqs.isEmpty() ? 0 : seqs.get(seqs.size() - 1) + 1;
        for (; ledger.has(next); next++) {
            comparison.add(ledger.read(next).record(), false);
        }
        return comparison.audit(next);
    }

    private static TreeAudit withSparkLog(RunFolder run) {
        SparkMetadataLog log = run.sparkLog();
        Set<String> before = log.files().keySet();
        Set<String> listed = run.listing().files().keySet();
        Set<String> after = log.files().keySet();
        return new TreeAudit(
                listed.size(), without(before, listed), Sample.NONE, without(listed, after), Sample.NONE, 0);
    }

    private static Sample without(Collection<String> paths, Set<String> others) {
        return Sample.of(paths.stream().filter(path -> !others.contains(path)).toList());
    }

    /**
     * Reads every visible file. The ledger promises that each offset is found exactly once: in a Parquet file, among the
     * rejected events, or in a recorded gap. The next audit sees what is committed while this one reads.
     */
    public OffsetAudit offsets(RunSnapshot run) {
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

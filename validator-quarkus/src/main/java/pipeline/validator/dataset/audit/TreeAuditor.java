package pipeline.validator.dataset.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.listing.SparkMetadataLog;
import pipeline.validator.dataset.run.RunFolder;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.RunSnapshot.Committed;
import pipeline.validator.dataset.storage.Workers;

/** Compares what is in a run's folder with what its ledger, or Spark's log, says. The job may publish meanwhile. */
@ApplicationScoped
public class TreeAuditor {
    private final Workers workers;

    TreeAuditor(Workers workers) {
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
            case LEDGER ->
                Optional.of(withLedger(run.folder(), run.commits().committed().orElseThrow()));
            case SPARK_METADATA -> Optional.of(withSparkLog(run.folder()));
            case LISTING -> Optional.empty();
        };
    }

    private TreeAudit withLedger(RunFolder run, Committed committed) {
        return compared(run, committed).audit();
    }

    /** Returns the files of a folder that no record names; not all of them if too many files differ. */
    List<String> strays(RunFolder run, Committed committed) {
        return compared(run, committed).strays();
    }

    private LedgerComparison compared(RunFolder run, Committed committed) {
        LedgerFolder ledger = run.ledger();
        LedgerComparison comparison = new LedgerComparison(run.name(), committed, run.glob());
        if (comparison.needsRecords()) {
            List<Long> older = ledger.list().stream()
                    .filter(seq -> seq <= committed.newest())
                    .toList();
            workers.forEach(older, ledger::read, found -> comparison.add(found.record()));
        }
        for (long next = committed.newest() + 1; ledger.has(next); next++) {
            comparison.addNewer(next, ledger.read(next).record());
        }
        return comparison;
    }

    private static TreeAudit withSparkLog(RunFolder run) {
        SparkMetadataLog log = run.sparkLog();
        Set<String> before = log.files().keySet();
        Set<String> listed = run.listing().files().keySet();
        Set<String> after = log.files().keySet();
        return new TreeAudit(
                listed.size(), without(before, listed), Sample.NONE, without(listed, after), Sample.NONE, 0, 0);
    }

    private static Sample without(Collection<String> paths, Set<String> others) {
        return Sample.of(paths.stream().filter(path -> !others.contains(path)).toList());
    }
}

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
import pipeline.validator.dataset.storage.Workers;

/**
 * Lists a run's folder as a reader that knows nothing about ledgers does, and compares. The job may publish meanwhile. So
 * only records that existed before the listing can show that a file is missing, while later ones can explain a file too.
 */
@ApplicationScoped
public class TreeAuditor {
    private final Workers workers;

    TreeAuditor(Workers workers) {
        this.workers = workers;
    }

    /** Returns nothing if neither a ledger nor Spark's log says which files should be there. */
    public Optional<TreeAudit> audit(RunSnapshot run) {
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
}

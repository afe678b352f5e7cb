package pipeline.validator.dataset.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.SortedMap;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.listing.SparkMetadataLog;
import pipeline.validator.dataset.listing.TreeListing;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.Runs;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.Workers;

/**
 * Lists a run's folder as a reader that knows nothing of ledgers, and compares. The job may publish meanwhile: what is
 * missing is judged by the records that were there before the listing, and what is stray also by the records after those.
 */
@ApplicationScoped
public class TreeAuditor {
    private final Storage storage;
    private final Workers workers;

    TreeAuditor(Storage storage, Workers workers) {
        this.storage = storage;
        this.workers = workers;
    }

    public TreeAudit audit(RunSnapshot run) {
        return switch (run.kind()) {
            case LEDGER -> withLedger(run.name());
            case SPARK_METADATA -> withSparksLog(run.name());
            case LISTING -> withoutLog(run);
        };
    }

    private TreeAudit withLedger(String run) {
        LedgerFolder ledger = LedgerFolder.of(storage, run);
        List<Long> seqs = ledger.list();
        LedgerComparison comparison = new LedgerComparison(run, TreeListing.ofGlob(storage, run));
        workers.forEach(seqs, ledger::read, found -> comparison.add(found.record(), true));
        long next = seqs.isEmpty() ? 0 : seqs.get(seqs.size() - 1) + 1;
        for (; ledger.has(next); next++) {
            comparison.add(ledger.read(next).record(), false);
        }
        return comparison.audit(next);
    }

    private TreeAudit withSparksLog(String run) {
        SparkMetadataLog log = new SparkMetadataLog(storage, Runs.prefix(run));
        SortedMap<String, Storage.Stamp> before = log.files();
        SortedMap<String, Storage.Stamp> listed = Runs.listing(storage, run).files();
        SortedMap<String, Storage.Stamp> after = log.files();
        return new TreeAudit(
                run,
                RunSnapshot.Kind.SPARK_METADATA,
                listed.size(),
                Sample.of(before.keySet().stream()
                        .filter(path -> !listed.containsKey(path))
                        .toList()),
                Sample.of(listed.keySet().stream()
                        .filter(path -> !after.containsKey(path))
                        .toList()),
                Sample.NONE,
                0);
    }

    private static TreeAudit withoutLog(RunSnapshot run) {
        return new TreeAudit(run.name(), run.kind(), run.files(), Sample.NONE, Sample.NONE, Sample.NONE, 0);
    }
}

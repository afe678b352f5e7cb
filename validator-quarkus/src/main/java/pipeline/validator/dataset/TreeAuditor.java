package pipeline.validator.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import pipeline.events.LedgerFile;
import pipeline.events.LedgerRecord;
import pipeline.events.OutputTree;

/**
 * Lists a run's folder as a reader that knows nothing of ledgers, and compares. The job may publish meanwhile: what is
 * missing is judged by records read before the listing, and what is stray by those read after it.
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
        Map<String, Long> bytes = new HashMap<>();
        List<Long> seqs = ledger.list();
        workers.forEach(seqs, ledger::read).forEach(record -> add(run, record.record(), bytes));
        SortedMap<String, Storage.Stamp> listed =
                TreeListing.ofGlob(storage, run).files();
        Map<String, Long> before = Map.copyOf(bytes);
        long next = seqs.isEmpty() ? 0 : seqs.get(seqs.size() - 1) + 1;
        for (; ledger.has(next); next++) {
            add(run, ledger.read(next).record(), bytes);
        }
        return compare(run, before, bytes, listed, next);
    }

    /** @param record null when it can't be read, which is the index's to report */
    private static void add(String run, LedgerRecord record, Map<String, Long> bytes) {
        if (record != null) {
            for (LedgerFile file : record.files()) {
                bytes.put(run + "/" + file.path(), file.bytes());
            }
        }
    }

    private static TreeAudit compare(
            String run,
            Map<String, Long> before,
            Map<String, Long> after,
            SortedMap<String, Storage.Stamp> listed,
            long nextBatch) {
        Sample.Builder missing = new Sample.Builder();
        before.keySet().stream()
                .sorted()
                .filter(path -> !listed.containsKey(path))
                .forEach(missing::add);
        Sample.Builder stray = new Sample.Builder();
        Sample.Builder otherSize = new Sample.Builder();
        long inPublication = 0;
        String nextPrefix = "part-" + OutputTree.padded(nextBatch) + "-";
        for (Map.Entry<String, Storage.Stamp> file : listed.entrySet()) {
            String path = file.getKey();
            Long claimed = after.get(path);
            if (claimed == null && path.substring(path.lastIndexOf('/') + 1).startsWith(nextPrefix)) {
                inPublication++;
            } else if (claimed == null) {
                stray.add(path);
            } else if (claimed != file.getValue().bytes()) {
                otherSize.add(path + " has " + file.getValue().bytes() + " bytes, but the ledger says " + claimed);
            }
        }
        return new TreeAudit(
                run,
                RunSnapshot.Kind.LEDGER,
                listed.size(),
                missing.build(),
                stray.build(),
                otherSize.build(),
                inPublication);
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

package pipeline.validator.dataset.audit;

import java.util.HashMap;
import java.util.Map;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.listing.TreeListing;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * Ticks off the listed files of a run, record by record: a long ledger is not to be held in memory as a whole. A file
 * belongs to one record, whose number is in its name.
 */
final class LedgerComparison {
    private final String run;
    private final Map<String, Long> unclaimed = new HashMap<>();
    private final long listed;
    private final Sample.Builder missing = new Sample.Builder();
    private final Sample.Builder otherSize = new Sample.Builder();

    LedgerComparison(String run, TreeListing listing) {
        this.run = run;
        listing.forEach((path, stamp) -> unclaimed.put(path, stamp.bytes()));
        this.listed = unclaimed.size();
    }

    /**
     * @param record null when it can't be read, which is the index's to report
     * @param isOlder whether it was there before the listing, which then must have its files
     */
    void add(LedgerRecord record, boolean isOlder) {
        if (record == null) {
            return;
        }
        for (LedgerFile file : record.files()) {
            String path = run + "/" + file.path();
            Long bytes = unclaimed.remove(path);
            if (bytes == null && isOlder) {
                missing.add(path);
            } else if (bytes != null && bytes != file.bytes()) {
                otherSize.add(path + " has " + bytes + " bytes, but the ledger says " + file.bytes());
            }
        }
    }

    /** @param nextBatch the one that has no record yet: its files are being published */
    TreeAudit audit(long nextBatch) {
        Sample.Builder stray = new Sample.Builder();
        String nextPrefix = "part-" + OutputTree.padded(nextBatch) + "-";
        for (String path : unclaimed.keySet().stream().sorted().toList()) {
            if (!path.substring(path.lastIndexOf('/') + 1).startsWith(nextPrefix)) {
                stray.add(path);
            }
        }
        Sample strays = stray.build();
        return new TreeAudit(
                run,
                RunSnapshot.Kind.LEDGER,
                listed,
                missing.build(),
                strays,
                otherSize.build(),
                unclaimed.size() - strays.count());
    }
}

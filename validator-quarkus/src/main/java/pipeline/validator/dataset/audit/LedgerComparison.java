package pipeline.validator.dataset.audit;

import java.util.HashMap;
import java.util.Map;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.listing.TreeListing;

/**
 * Compares the listed files of a run with its ledger, record by record, so that a long ledger need not fit into memory. A
 * file belongs to one record, whose number is in the file's name.
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
     * @param record null if it cannot be read, which the index reports
     * @param isOlder whether it existed before the listing, which must have its files then
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

    /** @param nextBatch the batch that has no record yet: its files are being published */
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
                listed, missing.build(), strays, Sample.NONE, otherSize.build(), unclaimed.size() - strays.count());
    }
}

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
    private Sample missing = Sample.NONE;
    private Sample otherSize = Sample.NONE;

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
                missing = missing.plus(path);
            } else if (bytes != null && bytes != file.bytes()) {
                otherSize = otherSize.plus(path + " has " + bytes + " bytes, but the ledger says " + file.bytes());
            }
        }
    }

    /** @param nextBatch the batch that has no record yet: its files are being published */
    TreeAudit audit(long nextBatch) {
        String nextPrefix = "part-" + OutputTree.padded(nextBatch) + "-";
        Sample stray = Sample.of(unclaimed.keySet().stream()
                .filter(path -> !path.substring(path.lastIndexOf('/') + 1).startsWith(nextPrefix))
                .sorted()
                .toList());
        return new TreeAudit(listed, missing, stray, Sample.NONE, otherSize, unclaimed.size() - stray.count());
    }
}

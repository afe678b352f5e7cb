package pipeline.validator.dataset.audit;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.FileSums;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.listing.TreeListing;
import pipeline.validator.dataset.run.RunSnapshot.Committed;

/**
 * Compares the files in a run's folder with those that its ledger names. Sums are compared first, so that a run of any size
 * takes little memory and its ledger need not be read again. Only the files of buckets that differ are compared by name.
 */
final class LedgerComparison {
    /** Limits the memory when very many files differ. */
    static final int MOST_BY_NAME = 100_000;

    /** Files of more batches than this after the newest record cannot come from the job. */
    private static final int BATCHES_AHEAD = 1_000;

    private final String run;
    private final Committed committed;
    private final BitSet byName = new BitSet(FileSums.BUCKETS);
    private final Map<String, Long> unclaimed = new HashMap<>();
    private long listed;
    private long uncompared;
    private long nextBatch;
    private Sample missing = Sample.NONE;
    private Sample otherSize = Sample.NONE;

    /** @param committed what the ledger named before the listing, which therefore must have these files */
    LedgerComparison(String run, Committed committed, TreeListing listing) {
        this.run = run;
        this.committed = committed;
        this.nextBatch = committed.newest() + 1;
        FileSums sums = new FileSums();
        listing.forEach((path, stamp) -> {
            listed++;
            if (isNewer(path)) {
                unclaimed.put(path, stamp.bytes());
            } else {
                sums.add(path, stamp.bytes());
            }
        });
        long held = 0;
        BitSet different = sums.difference(committed.files());
        for (int bucket = different.nextSetBit(0); bucket >= 0; bucket = different.nextSetBit(bucket + 1)) {
            held += sums.count(bucket);
            if (held <= MOST_BY_NAME || byName.isEmpty()) {
                byName.set(bucket);
            } else {
                uncompared += sums.count(bucket);
            }
        }
        if (!byName.isEmpty()) {
            listing.forEach((path, stamp) -> {
                if (!isNewer(path) && byName.get(FileSums.bucket(path))) {
                    unclaimed.put(path, stamp.bytes());
                }
            });
        }
    }

    /** Returns whether a file belongs to a batch after the newest record: it is being published, or has been since. */
    private boolean isNewer(String path) {
        return OutputTree.batchOf(path).stream()
                .anyMatch(seq -> seq > committed.newest() && seq <= committed.newest() + BATCHES_AHEAD);
    }

    /** Returns whether the records up to the newest one have to be added, because files differ. */
    boolean needsRecords() {
        return !byName.isEmpty();
    }

    /** @param record one of those up to the newest; null if it cannot be read, which the index reports */
    void add(LedgerRecord record) {
        if (record == null) {
            return;
        }
        for (LedgerFile file : record.files()) {
            String path = run + "/" + file.path();
            if (byName.get(FileSums.bucket(path)) && !isClaimed(path, file)) {
                missing = missing.plus(path);
            }
        }
    }

    /** @param record one that was written after the newest, perhaps after the listing; null if it cannot be read */
    void addNewer(long seq, LedgerRecord record) {
        nextBatch = seq + 1;
        if (record != null) {
            record.files().forEach(file -> isClaimed(run + "/" + file.path(), file));
        }
    }

    /** Returns whether the listing has the file, and claims it. */
    private boolean isClaimed(String path, LedgerFile file) {
        Long bytes = unclaimed.remove(path);
        if (bytes != null && bytes != file.bytes()) {
            otherSize = otherSize.plus(path + " has " + bytes + " bytes, but the ledger says " + file.bytes());
        }
        return bytes != null;
    }

    /** Returns the files that no record names, apart from those of the next batch, which are being published. */
    List<String> strays() {
        return unclaimed.keySet().stream()
                .filter(path -> OutputTree.batchOf(path).orElse(-1) != nextBatch)
                .sorted()
                .toList();
    }

    TreeAudit audit() {
        Sample stray = Sample.of(strays());
        return new TreeAudit(
                listed, missing, stray, Sample.NONE, otherSize, unclaimed.size() - stray.count(), uncompared);
    }
}

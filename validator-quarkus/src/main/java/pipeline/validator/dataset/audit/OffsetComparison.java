package pipeline.validator.dataset.audit;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.output.AbsentFile;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.parquet.OffsetReader;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * The offsets of a run found so far. Batches are added one after the other, so that the set of offsets needs little memory. Many
 * threads may add rows; everything else is for one thread.
 */
final class OffsetComparison {
    private final boolean hasLedger;
    private final SortedMap<Integer, OffsetRange> promised = new TreeMap<>();
    private final Map<Integer, OffsetSet> found = new TreeMap<>();
    private Sample twice = Sample.NONE;
    private Sample unexpected = Sample.NONE;
    private Sample unreadable = Sample.NONE;
    private long rows;
    private long withoutOffset;
    private long filesBefore;

    OffsetComparison(boolean hasLedger) {
        this.hasLedger = hasLedger;
    }

    /** Starts with what an earlier audit has found to be right. */
    void skip(Map<Integer, OffsetRange> offsets, long rowsBefore, long files) {
        offsets.forEach((partition, range) -> {
            promise(partition, range);
            addRange(partition, range, "");
        });
        rows = rowsBefore;
        filesBefore = files;
    }

    void expect(LedgerRecord record) {
        record.offsets().forEach(this::promise);
    }

    private void promise(int partition, OffsetRange range) {
        promised.merge(
                partition,
                range,
                (before, next) ->
                        new OffsetRange(Math.min(before.from(), next.from()), Math.max(before.until(), next.until())));
    }

    /** Returns the offsets that the ledger accounts for. */
    SortedMap<Integer, OffsetRange> promised() {
        return promised;
    }

    /** @param allowed the ranges in which these offsets may be, if there is a ledger */
    synchronized void add(OffsetReader.Offsets some, Map<Integer, OffsetRange> allowed) {
        rows += some.offsets().length;
        withoutOffset += some.unknown();
        for (int row = 0; row < some.offsets().length; row++) {
            add(some.partitions()[row], some.offsets()[row], allowed, "");
        }
    }

    private void add(int partition, long offset, Map<Integer, OffsetRange> allowed, String note) {
        OffsetRange range = allowed.get(partition);
        if (hasLedger && (range == null || offset < range.from() || offset >= range.until())) {
            unexpected = unexpected.plus(name(partition, offset) + note);
        } else if (!found(partition).add(offset)) {
            twice = twice.plus(name(partition, offset) + note);
        }
    }

    private OffsetSet found(int partition) {
        return found.computeIfAbsent(partition, first -> new OffsetSet());
    }

    void addUnreadable(String file) {
        unreadable = unreadable.plus(file);
    }

    /** Adds the offsets of a batch that must not have a row: those rejected, absent or in a gap. */
    void addWithoutRow(String run, LedgerRecord record, Storage storage, RejectedFiles rejectedFiles) {
        for (LedgerFile file : record.rejectedFiles()) {
            try {
                rejectedFiles.forEach(run + "/" + file.path(), event -> {
                    add(event.partition(), event.offset(), record.offsets(), " (also rejected)");
                    return true;
                });
            } catch (UnreadableFileException e) {
                addUnreadable(e.getMessage());
            }
        }
        record.read()
                .absent()
                .ifPresent(claimed -> addAbsent(run + "/" + OutputTree.LEDGER + "/" + claimed.file(), record, storage));
        record.gaps()
                .forEach(gap -> addRange(
                        gap.partition(), new OffsetRange(gap.from(), gap.until()), " (also recorded as a gap)"));
    }

    private void addAbsent(String path, LedgerRecord record, Storage storage) {
        try {
            SortedMap<Integer, List<OffsetRange>> ranges = AbsentFile.decode(storage.read(path));
            requireAsClaimed(ranges, record);
            ranges.forEach((partition, ofPartition) ->
                    ofPartition.forEach(range -> addRange(partition, range, " (also recorded as absent)")));
        } catch (IOException e) {
            addUnreadable(storage.describe(path) + ": " + e.getMessage());
        }
    }

    private static void requireAsClaimed(SortedMap<Integer, List<OffsetRange>> ranges, LedgerRecord record)
            throws LedgerFormatException {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        ranges.forEach((partition, ofPartition) -> {
            OffsetRange all = record.offsets().getOrDefault(partition, new OffsetRange(0, 0));
            counts.put(
                    partition,
                    ofPartition.stream()
                            .filter(range -> range.from() >= all.from() && range.until() <= all.until())
                            .mapToLong(OffsetRange::length)
                            .sum());
        });
        SortedMap<Integer, Long> claimed = record.read().absent().orElseThrow().counts();
        if (!counts.equals(claimed)) {
            throw new LedgerFormatException(
                    "it names " + counts + " offsets of the batch by partition, but the record says " + claimed);
        }
    }

    OffsetAudit audit() {
        Sample missing = Sample.NONE;
        Sample holes = Sample.NONE;
        if (hasLedger) {
            for (Map.Entry<Integer, OffsetRange> offsets : promised.entrySet()) {
                OffsetRange range = offsets.getValue();
                missing = missing.plus(missing(offsets.getKey(), range.from(), range.until()));
            }
        } else {
            for (Map.Entry<Integer, OffsetSet> offsets : found.entrySet()) {
                OffsetSet set = offsets.getValue();
                holes = holes.plus(missing(offsets.getKey(), set.first(), set.last()));
            }
        }
        return new OffsetAudit(
                rows,
                withoutOffset,
                promised.values().stream().mapToLong(OffsetRange::length).sum(),
                new OffsetAudit.Faults(missing, holes, twice, unexpected, unreadable),
                filesBefore);
    }

    private Sample missing(int partition, long from, long until) {
        Sample[] missing = {Sample.NONE};
        found(partition)
                .forEachMissing(
                        from, until, (start, end) -> missing[0] = missing[0].plus(partition + ":", start, end, ""));
        return missing[0];
    }

    private void addRange(int partition, OffsetRange range, String note) {
        found(partition)
                .addRange(
                        range.from(),
                        range.until(),
                        (start, end) -> twice = twice.plus(partition + ":", start, end, note));
    }

    private static String name(int partition, long offset) {
        return partition + ":" + offset;
    }
}

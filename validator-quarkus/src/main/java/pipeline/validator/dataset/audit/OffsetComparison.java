package pipeline.validator.dataset.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.offsets.OffsetGap;
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

/** The offsets of a run found so far. Many threads may add files; everything else is for one thread. */
final class OffsetComparison {
    private final boolean hasLedger;
    private final Map<Integer, OffsetRange> promised = new TreeMap<>();
    private final List<OffsetGap> gaps = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final List<Absent> absent = new ArrayList<>();
    private final Map<Integer, OffsetSet> found = new TreeMap<>();
    private Sample missing = Sample.NONE;
    private Sample twice = Sample.NONE;
    private Sample unexpected = Sample.NONE;
    private Sample unreadable = Sample.NONE;
    private long rows;
    private long withoutOffset;
    private long filesBefore;

    /** A batch's file of absent offsets, and what its record says of it; not the record, which names all its files. */
    private record Absent(String path, Map<Integer, OffsetRange> offsets, Map<Integer, Long> counts) {}

    OffsetComparison(boolean hasLedger) {
        this.hasLedger = hasLedger;
    }

    /** @param record null if it cannot be read; its offsets then count as unexpected or missing */
    void expect(String run, LedgerRecord record) {
        if (record == null) {
            return;
        }
        record.offsets()
                .forEach((partition, range) -> promised.merge(
                        partition, range, (before, next) -> new OffsetRange(before.from(), next.until())));
        gaps.addAll(record.gaps());
        for (LedgerFile file : record.rejectedFiles()) {
            rejected.add(run + "/" + file.path());
        }
        record.read()
                .absent()
                .ifPresent(claimed -> absent.add(new Absent(
                        run + "/" + OutputTree.LEDGER + "/" + claimed.file(), record.offsets(), claimed.counts())));
    }

    /** Notes that the offsets of so many files are here from an earlier audit. */
    void skip(long files) {
        filesBefore = files;
    }

    synchronized void add(OffsetReader.Offsets file) {
        rows += file.offsets().length;
        withoutOffset += file.unknown();
        for (int row = 0; row < file.offsets().length; row++) {
            add(file.partitions()[row], file.offsets()[row], "");
        }
    }

    private void add(int partition, long offset, String note) {
        OffsetRange range = promised.get(partition);
        if (hasLedger && (range == null || offset >= range.until())) {
            return;
        }
        if (range != null && offset < range.from()) {
            unexpected = unexpected.plus(name(partition, offset));
        } else if (!found.computeIfAbsent(partition, first -> new OffsetSet()).add(offset)) {
            twice = twice.plus(name(partition, offset) + note);
        }
    }

    void addUnreadable(String file) {
        unreadable = unreadable.plus(file);
    }

    void readRejected(RejectedFiles files) {
        for (String path : rejected) {
            try {
                files.forEach(path, event -> add(event.partition(), event.offset(), " (also rejected)"));
            } catch (UnreadableFileException e) {
                unreadable = unreadable.plus(e.getMessage());
            }
        }
        rejected.clear();
    }

    /** After the rows and rejected events, none of which may be at an absent offset. */
    void readAbsent(Storage storage) {
        for (Absent file : absent) {
            try {
                SortedMap<Integer, List<OffsetRange>> ranges = AbsentFile.decode(storage.read(file.path()));
                requireAsClaimed(ranges, file);
                ranges.forEach((partition, ofPartition) ->
                        ofPartition.forEach(range -> fill(partition, range, " (also recorded as absent)")));
            } catch (IOException e) {
                unreadable = unreadable.plus(storage.describe(file.path()) + ": " + e.getMessage());
            }
        }
        absent.clear();
    }

    private static void requireAsClaimed(SortedMap<Integer, List<OffsetRange>> ranges, Absent file)
            throws LedgerFormatException {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        ranges.forEach((partition, ofPartition) -> {
            OffsetRange all = file.offsets().getOrDefault(partition, new OffsetRange(0, 0));
            counts.put(
                    partition,
                    ofPartition.stream()
                            .filter(range -> range.from() >= all.from() && range.until() <= all.until())
                            .mapToLong(OffsetRange::length)
                            .sum());
        });
        if (!counts.equals(file.counts())) {
            throw new LedgerFormatException(
                    "it names " + counts + " offsets of the batch by partition, but the record says " + file.counts());
        }
    }

    /** Returns the result so far; more records and files may follow. */
    OffsetAudit audit() {
        gaps.forEach(
                gap -> fill(gap.partition(), new OffsetRange(gap.from(), gap.until()), " (also recorded as a gap)"));
        gaps.clear();
        missing = Sample.NONE;
        if (hasLedger) {
            promised.forEach((partition, range) -> noteMissing(partition, range.from(), range.until()));
        } else {
            found.forEach((partition, offsets) -> noteMissing(partition, offsets.first(), offsets.last()));
        }
        return new OffsetAudit(
                rows,
                promised.values().stream().mapToLong(OffsetRange::length).sum(),
                hasLedger ? missing : Sample.NONE,
                hasLedger ? Sample.NONE : missing,
                twice,
                unexpected,
                withoutOffset,
                unreadable,
                filesBefore);
    }

    private void fill(int partition, OffsetRange range, String note) {
        OffsetSet offsets = found.computeIfAbsent(partition, first -> new OffsetSet());
        for (long offset = range.from(); offset < range.until(); offset++) {
            if (!offsets.add(offset)) {
                twice = twice.plus(name(partition, offset) + note);
            }
        }
    }

    private void noteMissing(int partition, long from, long until) {
        found.getOrDefault(partition, new OffsetSet())
                .forEachMissing(from, until, (start, end) -> missing = missing.plus(partition + ":", start, end));
    }

    private static String name(int partition, long offset) {
        return partition + ":" + offset;
    }
}

package pipeline.validator.dataset.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetGap;
import pipeline.events.output.OffsetRange;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.parquet.OffsetReader;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** The offsets of a run found so far. Many threads may add files; everything else is for one thread. */
final class OffsetComparison {
    private final boolean hasLedger;
    private final Map<Integer, OffsetRange> promised = new TreeMap<>();
    private final List<OffsetGap> gaps = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final Map<Integer, OffsetSet> found = new TreeMap<>();
    private Sample missing = Sample.NONE;
    private Sample twice = Sample.NONE;
    private Sample unexpected = Sample.NONE;
    private Sample unreadable = Sample.NONE;
    private long rows;
    private long withoutOffset;
    private long filesBefore;

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

    /** Returns the result so far; more records and files may follow. */
    OffsetAudit audit() {
        gaps.forEach(this::fill);
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

    private void fill(OffsetGap gap) {
        OffsetSet offsets = found.computeIfAbsent(gap.partition(), first -> new OffsetSet());
        for (long offset = gap.from(); offset < gap.until(); offset++) {
            if (!offsets.add(offset)) {
                twice = twice.plus(name(gap.partition(), offset) + " (also recorded as a gap)");
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

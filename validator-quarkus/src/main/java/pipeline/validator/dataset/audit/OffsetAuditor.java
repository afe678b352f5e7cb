package pipeline.validator.dataset.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetGap;
import pipeline.events.output.OffsetRange;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.listing.FileList;
import pipeline.validator.dataset.listing.RejectedFiles;
import pipeline.validator.dataset.listing.SparkMetadataLog;
import pipeline.validator.dataset.listing.TreeListing;
import pipeline.validator.dataset.parquet.OffsetReader;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.Runs;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/**
 * Reads every visible file of a run and holds its offsets against the ledger, which promises each one exactly once: in a
 * Parquet file, among the rejected events, or in a recorded gap. What is committed while this reads is left for next time.
 */
@ApplicationScoped
public class OffsetAuditor {
    private final Storage storage;
    private final RejectedFiles rejectedFiles;
    private final Workers workers;

    OffsetAuditor(Storage storage, RejectedFiles rejectedFiles, Workers workers) {
        this.storage = storage;
        this.rejectedFiles = rejectedFiles;
        this.workers = workers;
    }

    public OffsetAudit audit(RunSnapshot run) {
        Reading reading = new Reading(run.kind());
        if (run.kind() == RunSnapshot.Kind.LEDGER) {
            LedgerFolder ledger = LedgerFolder.of(storage, run.name());
            workers.forEach(ledger.list(), ledger::read, found -> reading.expect(run.name(), found.record()));
        }
        workers.forEach(
                files(run).files().keySet(),
                path -> read(path, reading),
                problem -> problem.ifPresent(reading::addUnreadable));
        reading.readRejected(rejectedFiles);
        return reading.audit(run.name());
    }

    private FileList files(RunSnapshot run) {
        return switch (run.kind()) {
            case LEDGER -> TreeListing.ofGlob(storage, run.name());
            case SPARK_METADATA -> new SparkMetadataLog(storage, Runs.prefix(run.name()));
            case LISTING -> Runs.listing(storage, run.name());
        };
    }

    /** Returns path and reason of a file that can't be read. */
    private Optional<String> read(String path, Reading reading) {
        try {
            reading.add(OffsetReader.read(storage.open(path)));
            return Optional.empty();
        } catch (UnreadableFileException | IOException e) {
            return Optional.of(path + " (" + e.getMessage() + ")");
        }
    }

    /** What has been read so far; files may be added by many threads, all else is for one. */
    static final class Reading {
        private final RunSnapshot.Kind kind;
        private final Map<Integer, OffsetRange> promised = new TreeMap<>();
        private final List<OffsetGap> gaps = new ArrayList<>();
        private final List<String> rejected = new ArrayList<>();
        private final Map<Integer, OffsetSet> found = new TreeMap<>();
        private final Sample.Builder twice = new Sample.Builder();
        private final Sample.Builder unexpected = new Sample.Builder();
        private final Sample.Builder unreadable = new Sample.Builder();
        private long rows;
        private long withoutOffset;

        Reading(RunSnapshot.Kind kind) {
            this.kind = kind;
        }

        /** @param record null when it can't be read, which makes its offsets unexpected ones or missing */
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

        synchronized void add(OffsetReader.Offsets file) {
            rows += file.offsets().length;
            withoutOffset += file.unknown();
            for (int row = 0; row < file.offsets().length; row++) {
                add(file.partitions()[row], file.offsets()[row], "");
            }
        }

        private void add(int partition, long offset, String note) {
            OffsetRange range = promised.get(partition);
            if (kind == RunSnapshot.Kind.LEDGER && (range == null || offset >= range.until())) {
                return;
            }
            if (range != null && offset < range.from()) {
                unexpected.add(name(partition, offset));
            } else if (!found.computeIfAbsent(partition, first -> new OffsetSet())
                    .add(offset)) {
                twice.add(name(partition, offset) + note);
            }
        }

        void addUnreadable(String file) {
            unreadable.add(file);
        }

        void readRejected(RejectedFiles files) {
            for (String path : rejected) {
                try {
                    files.forEach(path, (partition, offset) -> add(partition, offset, " (also rejected)"));
                } catch (UnreadableFileException e) {
                    unreadable.add(e.getMessage());
                }
            }
        }

        OffsetAudit audit(String run) {
            if (kind != RunSnapshot.Kind.LEDGER) {
                found.forEach((partition, offsets) ->
                        promised.put(partition, new OffsetRange(offsets.first(), offsets.last() + 1)));
            }
            gaps.forEach(this::fill);
            Sample.Builder missing = new Sample.Builder();
            promised.forEach((partition, range) -> found.getOrDefault(partition, new OffsetSet())
                    .forEachMissing(range.from(), range.until(), offset -> missing.add(name(partition, offset))));
            return new OffsetAudit(
                    run,
                    kind,
                    rows,
                    promised.values().stream().mapToLong(OffsetRange::length).sum(),
                    missing.build(),
                    twice.build(),
                    unexpected.build(),
                    withoutOffset,
                    unreadable.build());
        }

        private void fill(OffsetGap gap) {
            OffsetSet offsets = found.computeIfAbsent(gap.partition(), first -> new OffsetSet());
            for (long offset = gap.from(); offset < gap.until(); offset++) {
                if (!offsets.add(offset)) {
                    twice.add(name(gap.partition(), offset) + " (also recorded as a gap)");
                }
            }
        }

        private static String name(int partition, long offset) {
            return partition + ":" + offset;
        }
    }
}

package pipeline.validator.dataset.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.parquet.OffsetReader;
import pipeline.validator.dataset.run.RunFolder;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.RunSnapshot.Committed;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/**
 * Reads every visible file of a run, batch by batch. The ledger promises that each offset is found exactly once: in a Parquet file
 * of its batch, among the batch's rejected events, in a recorded gap, or among the offsets without a record. The next audit sees
 * what is committed while this one reads.
 *
 * <p>Published files never change. So if every offset of a run with a ledger was right, the next audit reads only the files of
 * newer batches, unless the number of older files, the modification time of one of them, or the ledger shows that something
 * else was changed.
 */
@ApplicationScoped
public class OffsetAuditor {
    /** Limits how much of a long ledger is in memory. */
    private static final int RECORDS_AT_A_TIME = 1000;

    private static final long NONE = -1;

    /**
     * A run in which every offset was right.
     *
     * @param offsets all of them
     * @param newest the batch of the newest record
     * @param files how many files the batches up to that one have
     * @param began when this was found out: no file may have been changed since
     */
    private record Audited(
            SortedMap<Integer, OffsetRange> offsets,
            long rows,
            long newest,
            Optional<Storage.Stamp> stamp,
            long files,
            Instant began) {}

    /**
     * @param hasSchema whether it is in a run whose events have schemas
     * @param allowed the ranges in which its offsets may be
     */
    private record FileOfBatch(String path, boolean hasSchema, SortedMap<Integer, OffsetRange> allowed) {}

    private final RejectedFiles rejectedFiles;
    private final TreeAuditor treeAuditor;
    private final Workers workers;
    private final Clock clock;
    private final Map<String, Audited> audited = new HashMap<>();

    OffsetAuditor(RejectedFiles rejectedFiles, TreeAuditor treeAuditor, Workers workers, Clock clock) {
        this.rejectedFiles = rejectedFiles;
        this.treeAuditor = treeAuditor;
        this.workers = workers;
        this.clock = clock;
    }

    /** @param full whether to read all files again */
    public synchronized OffsetAudit audit(List<RunSnapshot> runs, boolean full) {
        if (full) {
            audited.clear();
        }
        return runs.stream()
                .map(run -> run.commits()
                        .committed()
                        .map(committed ->
                                withLedger(run.folder(), run.content().events().isPresent(), committed))
                        .orElseGet(() -> withoutLedger(run)))
                .reduce(OffsetAudit.NONE, OffsetAudit::plus);
    }

    private OffsetAudit withoutLedger(RunSnapshot run) {
        RunFolder folder = run.folder();
        OffsetComparison comparison = new OffsetComparison(false);
        workers.forEach(
                folder.files(run.kind()).files().keySet(),
                path -> problem(
                        folder.storage(), new FileOfBatch(path, false, Collections.emptySortedMap()), comparison),
                problem -> problem.ifPresent(comparison::addUnreadable));
        return comparison.audit();
    }

    private OffsetAudit withLedger(RunFolder run, boolean hasSchemas, Committed committed) {
        Optional<Audited> before =
                Optional.ofNullable(audited.remove(run.name())).filter(known -> isUnchanged(run, known));
        Instant began = clock.instant();
        OffsetComparison comparison = new OffsetComparison(true);
        before.ifPresent(known -> comparison.skip(known.offsets(), known.rows(), known.files()));
        long first = before.map(known -> known.newest() + 1).orElse(0L);
        List<Long> batches = run.ledger().list().stream()
                .filter(seq -> seq >= first && seq <= committed.newest())
                .toList();
        long files = before.map(Audited::files).orElse(0L);
        for (int start = 0; start < batches.size(); start += RECORDS_AT_A_TIME) {
            int end = Math.min(batches.size(), start + RECORDS_AT_A_TIME);
            files += addBatches(run, batches.subList(start, end), comparison);
        }
        addFiles(
                run.storage(),
                treeAuditor.strays(run, committed).stream()
                        .map(path -> new FileOfBatch(path, hasSchemas, comparison.promised()))
                        .toList(),
                comparison);
        OffsetAudit audit = comparison.audit();
        if (audit.isRight() && committed.newest() != NONE) {
            audited.put(
                    run.name(),
                    new Audited(
                            comparison.promised(),
                            audit.rows(),
                            committed.newest(),
                            stamp(run, committed.newest()),
                            files,
                            began));
        }
        return audit;
    }

    /** Returns how many files these batches have. */
    private int addBatches(RunFolder run, List<Long> batches, OffsetComparison comparison) {
        // The index reports a record that cannot be read. Its files are strays, whose rows may fill its place.
        List<LedgerRecord> records = workers.map(batches, run.ledger()::read).stream()
                .map(LedgerFolder.Found::record)
                .filter(Objects::nonNull)
                .toList();
        records.forEach(comparison::expect);
        List<FileOfBatch> files = records.stream()
                .flatMap(record -> record.files().stream()
                        .map(file -> new FileOfBatch(
                                run.name() + "/" + file.path(), record.schema().isPresent(), record.offsets())))
                .toList();
        addFiles(run.storage(), files, comparison);
        records.forEach(record -> comparison.addWithoutRow(run.name(), record, run.storage(), rejectedFiles));
        return files.size();
    }

    private void addFiles(Storage storage, List<FileOfBatch> files, OffsetComparison comparison) {
        workers.forEach(
                files,
                file -> problem(storage, file, comparison),
                problem -> problem.ifPresent(comparison::addUnreadable));
    }

    /** Adds the rows of a file, and returns why it cannot be read if it cannot. */
    private static Optional<String> problem(Storage storage, FileOfBatch file, OffsetComparison comparison) {
        try {
            Consumer<OffsetReader.Offsets> action = rows -> comparison.add(rows, file.allowed());
            if (file.hasSchema()) {
                OffsetReader.readEvents(storage, file.path(), action);
            } else {
                OffsetReader.read(storage, file.path(), action);
            }
            return Optional.empty();
        } catch (UnreadableFileException e) {
            return Optional.of(file.path() + " (" + e.getMessage() + ")");
        }
    }

    /** Returns a number above that of every batch for names that the job does not give. */
    private static long batch(String path) {
        return OutputTree.batchOf(path).orElse(Long.MAX_VALUE);
    }

    private static boolean isUnchanged(RunFolder run, Audited known) {
        long[] files = {0};
        boolean[] changed = {false};
        run.glob().forEach((path, stamp) -> {
            if (batch(path) <= known.newest()) {
                files[0]++;
                changed[0] |= !stamp.modified().isBefore(known.began());
            }
        });
        return !changed[0]
                && files[0] == known.files()
                && stamp(run, known.newest()).equals(known.stamp());
    }

    private static Optional<Storage.Stamp> stamp(RunFolder run, long record) {
        return run.storage().find(run.ledger().path(record)).map(Storage.Entry::stamp);
    }
}

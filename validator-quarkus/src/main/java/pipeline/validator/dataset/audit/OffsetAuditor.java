package pipeline.validator.dataset.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.parquet.OffsetReader;
import pipeline.validator.dataset.run.RunFolder;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/**
 * Reads every visible file of a run. The ledger promises that each offset is found exactly once: in a Parquet file, among the
 * rejected events, in a recorded gap, or among the offsets without a record. The next audit sees what is committed while this
 * one reads.
 *
 * <p>Published files never change. So if every offset of a run with a ledger was right, the next audit reads only the files of
 * newer batches, unless the number of older files, the time of the last change of one, or the ledger says that something else
 * was changed.
 */
@ApplicationScoped
public class OffsetAuditor {
    private static final long NONE = -1;

    /**
     * A run in which every offset was right.
     *
     * @param newest the batch of the newest record
     * @param files how many files the batches up to that one have
     * @param began when this was found out: no file may have been changed since
     */
    private record Audited(
            OffsetComparison comparison, long newest, Optional<Storage.Stamp> stamp, long files, Instant began) {}

    private final RejectedFiles rejectedFiles;
    private final Workers workers;
    private final Clock clock;
    /** Of the runs that the last audit was about, since an audited run takes a bit for each of its offsets. */
    private final Map<String, Audited> audited = new HashMap<>();

    OffsetAuditor(RejectedFiles rejectedFiles, Workers workers, Clock clock) {
        this.rejectedFiles = rejectedFiles;
        this.workers = workers;
        this.clock = clock;
    }

    /** @param full whether to read all files again */
    public synchronized OffsetAudit audit(List<RunSnapshot> runs, boolean full) {
        audited.keySet()
                .retainAll(
                        full ? List.of() : runs.stream().map(RunSnapshot::name).toList());
        return runs.stream()
                .map(run -> run.kind() == RunSnapshot.Kind.LEDGER ? withLedger(run.folder()) : withoutLedger(run))
                .reduce(OffsetAudit.NONE, OffsetAudit::plus);
    }

    private OffsetAudit withoutLedger(RunSnapshot run) {
        RunFolder folder = run.folder();
        OffsetComparison comparison = new OffsetComparison(false);
        read(
                folder.storage(),
                found -> folder.files(run.kind()).files().keySet().forEach(found),
                comparison);
        return comparison.audit();
    }

    private OffsetAudit withLedger(RunFolder run) {
        Optional<Audited> before =
                Optional.ofNullable(audited.remove(run.name())).filter(known -> isUnchanged(run, known));
        Instant began = clock.instant();
        OffsetComparison comparison = before.map(Audited::comparison).orElseGet(() -> new OffsetComparison(true));
        long known = before.map(Audited::newest).orElse(NONE);
        LedgerFolder ledger = run.ledger();
        List<Long> records = ledger.list().stream().filter(seq -> seq > known).toList();
        workers.forEach(records, ledger::read, found -> comparison.expect(run.name(), found.record()));
        long newest = records.isEmpty() ? known : records.get(records.size() - 1);
        long[] files = {before.map(Audited::files).orElse(0L)};
        comparison.skip(files[0]);
        read(
                run.storage(),
                found -> run.glob().forEach((path, stamp) -> {
                    long batch = batch(path);
                    if (batch > known) {
                        found.accept(path);
                        files[0] += batch <= newest ? 1 : 0;
                    }
                }),
                comparison);
        comparison.readRejected(rejectedFiles);
        comparison.readAbsent(run.storage());
        OffsetAudit audit = comparison.audit();
        if (audit.isRight() && newest != NONE) {
            audited.put(run.name(), new Audited(comparison, newest, stamp(run, newest), files[0], began));
        }
        return audit;
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

    private void read(Storage storage, Consumer<Consumer<String>> paths, OffsetComparison comparison) {
        workers.forEach(
                paths,
                path -> read(storage, path, comparison),
                problem -> problem.ifPresent(comparison::addUnreadable));
    }

    /** Returns path and reason of a file that cannot be read. */
    private static Optional<String> read(Storage storage, String path, OffsetComparison comparison) {
        try {
            comparison.add(OffsetReader.read(storage, path));
            return Optional.empty();
        } catch (UnreadableFileException e) {
            return Optional.of(path + " (" + e.getMessage() + ")");
        }
    }
}

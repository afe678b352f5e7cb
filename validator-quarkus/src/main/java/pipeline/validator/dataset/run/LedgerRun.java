package pipeline.validator.dataset.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.FileSums;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.ledger.RunSchemas;
import pipeline.validator.dataset.storage.Storage;

/**
 * A run with a ledger, followed by batch number. Files that a record names never change. So their content is added to the
 * totals and the files are forgotten, apart from those that could not be read.
 */
public final class LedgerRun extends Run {
    private static final long NONE = -1;

    /** What the record of a batch says of one file. */
    private record Claim(long seq, long rows) {}

    private final LedgerFolder ledger;

    private long newest = NONE;
    private Storage.Stamp newestStamp;
    private Instant newestCommit;
    private Instant ledgerModified;
    private final Deque<Long> unread = new ArrayDeque<>();
    private final Map<String, Storage.Stamp> badRecords = new TreeMap<>();

    private final RunTotals totals = new RunTotals();
    private final RecentBatches recent = new RecentBatches();
    private final LastTs lastTs = new LastTs();
    private RunSchemas schemas;
    private final FileSums fileSums = new FileSums();
    /** The files whose totals are not known yet, by path. */
    private final Map<String, Claim> claims = new HashMap<>();

    private Optional<LedgerSummary> summary = Optional.empty();
    private Sample badRecordReasons = Sample.NONE;
    private Sample otherRows = Sample.NONE;
    private int files;

    public LedgerRun(RunFolder folder, Clock clock) {
        super(folder, RunSnapshot.Kind.LEDGER, clock);
        this.ledger = folder.ledger();
        this.schemas = new RunSchemas(folder.storage(), folder.name());
    }

    @Override
    public boolean follow() {
        Optional<Storage.Entry> entry = folder.storage().find(ledger.path()).filter(Storage.Entry::folder);
        if (entry.isEmpty() || !isSameLedger()) {
            return false;
        }
        Instant modified = entry.get().stamp().modified();
        List<Long> found = find(modified);
        if (!found.isEmpty()) {
            long last = found.get(found.size() - 1);
            Storage.Stamp stamp = stamp(ledger.path(last)).orElse(null);
            newestCommit = commitOf(last, stamp);
            newestStamp = stamp;
            newest = last;
            unread.addAll(found);
        }
        ledgerModified = modified;
        return true;
    }

    /** Compares the newest record, and those that could not be read, with what they were when they were read. */
    private boolean isSameLedger() {
        return (newest == NONE || isUnchanged(ledger.path(newest), newestStamp))
                && badRecords.entrySet().stream().allMatch(record -> isUnchanged(record.getKey(), record.getValue()));
    }

    private boolean isUnchanged(String path, Storage.Stamp stamp) {
        return stamp != null && stamp(path).filter(stamp::equals).isPresent();
    }

    private Optional<Storage.Stamp> stamp(String path) {
        return folder.storage().find(path).map(Storage.Entry::stamp);
    }

    /**
     * Returns the numbers of new records. Tries the next numbers. Lists the folder only if there is no next record and the
     * folder has changed nevertheless, as after the loss of a record.
     */
    private List<Long> find(Instant modified) {
        List<Long> found = new ArrayList<>();
        for (long seq = newest + 1; newest != NONE && ledger.has(seq); seq++) {
            found.add(seq);
        }
        boolean mayHideOne = newest == NONE || !modified.equals(ledgerModified);
        return found.isEmpty() && mayHideOne
                ? ledger.list().stream().filter(seq -> seq > newest).toList()
                : found;
    }

    private Instant commitOf(long seq, Storage.Stamp stamp) {
        LedgerRecord record = ledger.read(seq).record();
        if (record != null && record.committedAt() != null) {
            return record.committedAt();
        }
        return stamp == null ? Instant.EPOCH : stamp.modified();
    }

    @Override
    public Optional<Instant> lastCommit() {
        return Optional.ofNullable(newestCommit);
    }

    @Override
    public int read(Scanner scanner) {
        return scan(due(), scanner, schemas, totals)
                + readInParts(List.copyOf(unread), "batches", seqs -> {
                    int read = apply(scanner.workers().map(seqs, ledger::read), scanner);
                    seqs.forEach(seq -> unread.removeFirst());
                    return read;
                });
    }

    private int apply(List<LedgerFolder.Found> found, Scanner scanner) {
        Map<String, Claim> claimed = new TreeMap<>();
        for (LedgerFolder.Found record : found) {
            if (record.record() == null) {
                badRecords.put(record.path(), record.stamp());
                badRecordReasons = badRecordReasons.plus(record.problem());
            } else {
                summary = Optional.of(LedgerSummary.of(summary, record.record()));
                recent.add(record.record());
                schemas = schemas.plus(record.record());
                for (LedgerFile file : record.record().files()) {
                    String path = name() + "/" + file.path();
                    claimed.put(path, new Claim(record.record().seq(), file.rows()));
                    fileSums.add(path, file.bytes());
                }
            }
        }
        files += claimed.size();
        claims.putAll(claimed);
        if (schemas.exist()) {
            totals.expectEvents();
        }
        noteChange();
        return scan(List.copyOf(claimed.keySet()), scanner, schemas, totals);
    }

    @Override
    void add(String path, FileTotals file) {
        Claim claim = claims.remove(path);
        totals.add(path, file);
        recent.add(claim.seq(), file.events().isPresent() ? ungrouped(file.tallies()) : file.tallies());
        lastTs.add(claim.seq(), file.tallies());
        if (file.rows() != claim.rows()) {
            otherRows = otherRows.plus(
                    path + " holds " + Counted.of(file.rows(), "row") + ", but the ledger says " + claim.rows());
        }
    }

    /** Each batch of the last hour may have many groups. */
    private static Tallies ungrouped(Tallies groups) {
        Tallies all = new Tallies();
        all.of(null).add(groups.total());
        return all;
    }

    @Override
    RunSnapshot newSnapshot() {
        return totals.snapshot(
                this,
                files,
                schemas,
                otherRows,
                badRecordReasons,
                new RunSnapshot.Commits(
                        lastChange(),
                        summary,
                        recent.totals(),
                        Optional.of(new RunSnapshot.Committed(newest, fileSums.copy())),
                        new LedgerHistory(name(), ledger, newest, lastTs)));
    }

    /** @param newest the number of the newest record, negative if there is none */
    private record LedgerHistory(String run, LedgerFolder ledger, long newest, LastTs lastTs)
            implements RunSnapshot.History {
        @Override
        public List<String> since(Instant from) {
            return files(records(seq -> lastTs.mayReach(seq, from))
                    .takeWhile(record -> !record.committedAt().isBefore(from)));
        }

        @Override
        public List<String> holding(int rows) {
            long[] held = {0};
            return files(records(seq -> true).takeWhile(record -> {
                boolean isNeeded = held[0] < rows;
                held[0] += record.rows();
                return isNeeded;
            }));
        }

        @Override
        public void forEachRecord(Predicate<LedgerRecord> action) {
            records(seq -> true).takeWhile(action).forEach(record -> {});
        }

        /** Reads the records one by one, from the newest backwards, only as far as they are asked for. */
        private Stream<LedgerRecord> records(LongPredicate wanted) {
            return LongStream.rangeClosed(0, newest)
                    .map(age -> newest - age)
                    .filter(wanted)
                    .filter(ledger::has)
                    .mapToObj(seq -> ledger.read(seq).record())
                    .filter(record -> record != null && record.committedAt() != null);
        }

        private List<String> files(Stream<LedgerRecord> records) {
            return records.flatMap(record -> record.files().stream())
                    .map(file -> run + "/" + file.path())
                    .toList();
        }
    }
}

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
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.ledger.LedgerTrail;
import pipeline.validator.dataset.storage.Storage;

/**
 * A run with a ledger, followed by batch number. Files that a record names never change, so what they hold is added to
 * one sum per id and the files are forgotten, apart from those that could not be read.
 */
final class LedgerRun implements Run {
    /** Bounds what a first reading of a long ledger keeps in memory at a time. */
    private static final int RECORDS_AT_A_TIME = 1000;

    private static final long NONE = -1;

    private final Storage storage;
    private final String name;
    private final LedgerFolder ledger;

    private long newest = NONE;
    private Storage.Stamp newestStamp;
    private Instant newestCommit;
    private Instant ledgerModified;
    private final Deque<Long> unread = new ArrayDeque<>();
    private final Map<String, Storage.Stamp> badRecords = new TreeMap<>();

    private final Tallies tallies = new Tallies();
    private final HeadFiles head = new HeadFiles();
    private final Unreadable unreadable;
    private final Map<String, LedgerFile> unreadableFiles = new HashMap<>();
    private final LedgerTrail trail = new LedgerTrail();
    private final Sample.Builder badRecordReasons = new Sample.Builder();
    private final Sample.Builder otherSchema = new Sample.Builder();
    private final Sample.Builder otherRows = new Sample.Builder();
    private int withoutOffsets;
    private int files;
    private long rejected;
    private RunSnapshot snapshot;

    LedgerRun(Storage storage, String name, Clock clock) {
        this.storage = storage;
        this.name = name;
        this.ledger = LedgerFolder.of(storage, name);
        this.unreadable = new Unreadable(clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunSnapshot.Kind kind() {
        return RunSnapshot.Kind.LEDGER;
    }

    @Override
    public boolean follow() {
        Optional<Storage.Entry> folder = storage.find(ledger.path()).filter(Storage.Entry::folder);
        if (folder.isEmpty() || !isSameLedger()) {
            return false;
        }
        List<Long> found = find(folder.get().stamp().modified());
        ledgerModified = folder.get().stamp().modified();
        if (!found.isEmpty()) {
            unread.addAll(found);
            newest = found.get(found.size() - 1);
            newestStamp = stamp(ledger.path(newest)).orElse(null);
            newestCommit = commitOf(newest);
        }
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
        return storage.find(path).map(Storage.Entry::stamp);
    }

    /**
     * Returns the numbers of new records. Tries the next number; only when there is none and the folder has changed all
     * the same, as after a record got lost, the folder is listed.
     */
    private List<Long> find(Instant modified) {
        List<Long> found = new ArrayList<>();
        if (newest != NONE) {
            for (long seq = newest + 1; ledger.has(seq); seq++) {
                found.add(seq);
            }
        }
        boolean mayHideOne = newest == NONE || !modified.equals(ledgerModified);
        return found.isEmpty() && mayHideOne
                ? ledger.list().stream().filter(seq -> seq > newest).toList()
                : found;
    }

    private Instant commitOf(long seq) {
        LedgerRecord record = ledger.read(seq).record();
        if (record != null && record.committedAt() != null) {
            return record.committedAt();
        }
        return newestStamp == null ? Instant.EPOCH : newestStamp.modified();
    }

    @Override
    public Optional<Instant> lastCommit() {
        return Optional.ofNullable(newestCommit);
    }

    @Override
    public Instant lastChange() {
        return lastCommit().orElse(Instant.EPOCH);
    }

    @Override
    public int read(Scanner scanner) {
        int read = keep(scanner.scan(unreadable.due()));
        while (!unread.isEmpty()) {
            List<Long> seqs = unread.stream().limit(RECORDS_AT_A_TIME).toList();
            read += apply(scanner.workers().map(seqs, ledger::read), scanner);
            seqs.forEach(seq -> unread.removeFirst());
        }
        return read;
    }

    private int apply(List<LedgerFolder.Found> found, Scanner scanner) {
        Map<String, LedgerFile> claimed = new TreeMap<>();
        for (LedgerFolder.Found record : found) {
            if (record.record() == null) {
                badRecords.put(record.path(), record.stamp());
                badRecordReasons.add(record.problem());
            } else {
                trail.add(record.record());
                rejected += record.record().rejected();
                record.record().files().forEach(file -> claimed.put(name + "/" + file.path(), file));
            }
        }
        files += claimed.size();
        unreadableFiles.putAll(claimed);
        snapshot = null;
        return keep(scanner.scan(List.copyOf(claimed.keySet())));
    }

    private int keep(List<Scanner.Scanned> scanned) {
        for (Scanner.Scanned file : scanned) {
            if (file.isReadable()) {
                keep(file.path(), file.totals(), unreadableFiles.remove(file.path()));
                unreadable.remove(file.path());
            } else {
                unreadable.add(file.path(), file.reason());
            }
            snapshot = null;
        }
        return scanned.size();
    }

    private void keep(String path, FileTotals totals, LedgerFile claimed) {
        tallies.add(totals.tallies());
        head.add(path, totals.rows());
        withoutOffsets += totals.offsets() ? 0 : 1;
        totals.schemaProblem().ifPresent(problem -> otherSchema.add(path + ": " + problem));
        if (totals.rows() != claimed.rows()) {
            otherRows.add(path + " holds " + totals.rows() + " rows, but the ledger says " + claimed.rows());
        }
    }

    @Override
    public RunSnapshot snapshot() {
        if (snapshot == null) {
            snapshot = new RunSnapshot(
                    name,
                    kind(),
                    files,
                    tallies.copy(),
                    unreadable.files(),
                    otherSchema.build(),
                    withoutOffsets,
                    otherRows.build(),
                    badRecordReasons.build(),
                    rejected,
                    head.head(this),
                    lastChange(),
                    trail.isEmpty() ? Optional.empty() : Optional.of(trail.summary()));
        }
        return snapshot;
    }
}

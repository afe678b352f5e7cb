package pipeline.validator.dataset.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.ledger.RunSchemas;

/**
 * What is known about one run so far. Subclasses differ in what determines which files count: a ledger, or a list of files. For
 * one thread at a time; what a run returns never changes.
 */
public abstract class Run {
    /** Files that could not be read are retried, but not at every request, since some never become readable. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /**
     * How far a reading is.
     *
     * @param unit what is counted, in plural
     */
    public record Progress(String run, int done, int total, String unit) {}

    private static final int PART = 1000;

    private record Failure(RunSnapshot.UnreadFile file, Instant at) {}

    final RunFolder folder;
    final RunSnapshot.Kind kind;
    final Map<String, Failure> failures = new TreeMap<>();
    private final Clock clock;

    /** The last snapshot; null if something has changed since. */
    private RunSnapshot snapshot;

    private Optional<String> unreachable = Optional.empty();
    private volatile Optional<Progress> progress = Optional.empty();

    Run(RunFolder folder, RunSnapshot.Kind kind, Clock clock) {
        this.folder = folder;
        this.kind = kind;
        this.clock = clock;
    }

    public String name() {
        return folder.name();
    }

    public RunSnapshot.Kind kind() {
        return kind;
    }

    /**
     * Finds out what is new, without reading data.
     *
     * @return false if this is no longer the same run, so that everything has to be read again
     */
    public abstract boolean follow();

    /** Returns the time of the last commit; nothing if there is no ledger, or no record in it. */
    public Optional<Instant> lastCommit() {
        return Optional.empty();
    }

    /** Returns when something last changed, {@link Instant#EPOCH} if there is nothing. */
    public Instant lastChange() {
        return lastCommit().orElse(Instant.EPOCH);
    }

    public boolean hasData() {
        return lastCommit().isPresent();
    }

    /** Reads the new data files, and retries those that could not be read. Returns how many files that were. */
    public abstract int read(Scanner scanner);

    abstract void add(String path, FileTotals totals);

    abstract RunSnapshot newSnapshot();

    public RunSnapshot snapshot() {
        if (snapshot == null) {
            snapshot = newSnapshot();
        }
        return snapshot;
    }

    void noteChange() {
        snapshot = null;
    }

    /** @param reason why the run's folder cannot be read now, nothing if it can */
    public void setUnreachable(Optional<String> reason) {
        if (!unreachable.equals(reason)) {
            unreachable = reason;
            noteChange();
        }
    }

    public boolean isUnreachable() {
        return unreachable.isPresent();
    }

    Optional<String> unreachable() {
        return unreachable;
    }

    /** Returns how far {@link #read} is, nothing if it is not running. Any thread may ask. */
    public Optional<Progress> progress() {
        return progress;
    }

    /** Passes on the items in parts, so that what is read of them need not be in memory at the same time. */
    <T> int readInParts(List<T> items, String unit, ToIntFunction<List<T>> action) {
        int read = 0;
        try {
            for (int start = 0; start < items.size(); start += PART) {
                progress = Optional.of(new Progress(name(), start, items.size(), unit));
                read += action.applyAsInt(items.subList(start, Math.min(items.size(), start + PART)));
            }
            return read;
        } finally {
            progress = Optional.empty();
        }
    }

    /** Reads the files, and returns how many there are. */
    int scan(List<String> paths, Scanner scanner) {
        RunSchemas none = new RunSchemas(folder.storage(), name());
        return scan(paths, scanner, none, new RunTotals());
    }

    int scan(List<String> paths, Scanner scanner, RunSchemas schemas, RunTotals totals) {
        Scanner.Context context = new Scanner.Context(folder.storage(), schemas, totals.tallies());
        for (Scanner.Scanned scanned : scanner.scan(context, paths)) {
            // Groups that were new to the run may be known by now from another of these files.
            Scanner.Scanned file = scanned.totals() != null
                            && totals.tallies().haveOutgrown(scanned.totals().tallies())
                    ? scanner.scan(context, scanned.path())
                    : scanned;
            if (file.totals() == null) {
                RunSnapshot.UnreadFile unread = new RunSnapshot.UnreadFile(file.path(), file.reason());
                failures.put(file.path(), new Failure(unread, clock.instant()));
            } else {
                failures.remove(file.path());
                add(file.path(), file.totals());
            }
            noteChange();
        }
        return paths.size();
    }

    /** Returns the files that could not be read and are to be retried now. */
    List<String> due() {
        Instant now = clock.instant();
        Instant limit = now.minus(RETRY_AFTER);
        return failures.values().stream()
                // A failure in the future is one before the clock was set back.
                .filter(failure -> !failure.at().isAfter(limit) || failure.at().isAfter(now))
                .map(failure -> failure.file().path())
                .toList();
    }

    List<RunSnapshot.UnreadFile> unreadFiles() {
        return failures.values().stream().map(Failure::file).toList();
    }
}

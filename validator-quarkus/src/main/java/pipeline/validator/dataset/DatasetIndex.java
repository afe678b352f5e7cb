package pipeline.validator.dataset;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import pipeline.events.Timestamps;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.run.LedgerRun;
import pipeline.validator.dataset.run.ListedRun;
import pipeline.validator.dataset.run.Run;
import pipeline.validator.dataset.run.RunFolder;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.Scanner;
import pipeline.validator.dataset.storage.Lane;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;

/**
 * Keeps the totals of every run that was asked for, and reads only what is new. One refresh runs at a time. A caller gets
 * the snapshot of a refresh that started after the call, so it includes everything committed before the call; callers that
 * wait at the same time share one.
 */
@ApplicationScoped
public class DatasetIndex implements AutoCloseable {
    private final Storage storage;
    private final SeenRuns seen;
    private final Clock clock;
    private final Scanner scanner = new Scanner();
    private final Timer timer;
    private final Lane reader;
    /** The refreshes that have not begun yet. */
    private final Map<RunSelection, Future<DatasetSnapshot>> waiting = new HashMap<>();

    private Map<String, Run> known = Map.of();
    /** The run that is being read, or the last one that was; null before. */
    private volatile Run reading;

    public DatasetIndex(Storage storage, SeenRuns seen, Clock clock, MeterRegistry metrics) {
        this.storage = storage;
        this.seen = seen;
        this.clock = clock;
        this.reader = new Lane(storage, "refreshes", 1, 1000);
        this.timer = Timer.builder("validator.refresh")
                .description("Time to look for new data and read it")
                .register(metrics);
        FunctionCounter.builder("validator.files.read", scanner, Scanner::filesOpened)
                .description("Data files aggregated")
                .register(metrics);
        FunctionCounter.builder("validator.read", scanner, Scanner::bytes)
                .description("Size of the data files aggregated")
                .baseUnit("bytes")
                .register(metrics);
    }

    /**
     * Returns the selected runs as they are now.
     *
     * @throws pipeline.validator.dataset.storage.StorageException if the storage cannot be reached, or does not answer
     */
    public DatasetSnapshot refresh(RunSelection selection) {
        storage.requireAnswers();
        Future<DatasetSnapshot> next;
        synchronized (waiting) {
            next = waiting.computeIfAbsent(selection, first -> reader.submit(() -> begin(selection)));
        }
        return reader.await(next);
    }

    private DatasetSnapshot begin(RunSelection selection) {
        synchronized (waiting) {
            waiting.remove(selection);
        }
        return timer.record(() -> read(selection));
    }

    /** Returns how far the reading of new data is, nothing if there is nothing to read. */
    public Optional<Run.Progress> progress() {
        return Optional.ofNullable(reading).flatMap(Run::progress);
    }

    private DatasetSnapshot read(RunSelection selection) {
        Instant asOf = clock.instant();
        Optional<List<Run>> found = follow();
        seen.note(known.values(), asOf);
        List<Run> all = found.orElse(List.of());
        List<Run> selected = selection.of(all);
        int readNow = selected.stream().mapToInt(this::readNew).sum();
        List<RunSnapshot> snapshots = selected.stream().map(Run::snapshot).toList();
        String folder = selection.isAll() || snapshots.isEmpty()
                ? ""
                : snapshots.get(0).folder().path();
        List<String> names = all.stream().map(Run::name).toList();
        return new DatasetSnapshot(
                asOf,
                storage.describe(folder),
                folder,
                found.isPresent(),
                names,
                RunSelection.latest(all).map(Run::name),
                seen.lost().entrySet().stream()
                        .filter(run -> selection.includes(run.getKey()))
                        .map(run -> storage.describe(new RunFolder(storage, run.getKey()).path()) + " had data until "
                                + Timestamps.format(run.getValue()) + ", and has none now")
                        .toList(),
                snapshots,
                readNow);
    }

    /** Returns how many files were read. */
    private int readNew(Run run) {
        if (run.isUnreachable()) {
            return 0;
        }
        reading = run;
        try {
            return run.read(scanner);
        } catch (StorageException e) {
            run.setUnreachable(Optional.of(e.getMessage()));
            return 0;
        }
    }

    /** Returns the runs as they are now, sorted by name; nothing if the tree does not exist. */
    private Optional<List<Run>> follow() {
        Optional<List<Storage.Entry>> root = storage.list("");
        List<Storage.Entry> children = root.orElse(List.of());
        Map<String, Run> found = new LinkedHashMap<>();
        if (children.stream().anyMatch(DatasetIndex::isLoose)) {
            found.put(RunFolder.LOOSE, followed(RunFolder.LOOSE));
        }
        children.stream()
                .filter(child -> child.folder() && RunFolder.isRun(child.name()))
                .forEach(child -> found.put(child.name(), followed(child.name())));
        known = found;
        return root.map(present -> List.copyOf(found.values()));
    }

    private static boolean isLoose(Storage.Entry child) {
        return !RunFolder.isRun(child.name())
                && !Storage.isHidden(child.name())
                && (child.folder() || child.name().endsWith(OutputTree.PARQUET_SUFFIX));
    }

    /**
     * Returns what is already known about a run, as long as it is the same run. A folder that cannot be read is a fault of that run
     * alone, which keeps what is known.
     */
    private Run followed(String name) {
        RunFolder folder = new RunFolder(storage, name);
        Run before = known.get(name);
        try {
            RunSnapshot.Kind kind = folder.kind();
            Run run = before != null && before.kind() == kind && before.follow() ? before : followedAnew(folder, kind);
            run.setUnreachable(Optional.empty());
            return run;
        } catch (StorageException e) {
            Run run = before == null ? newRun(folder, RunSnapshot.Kind.LISTING) : before;
            run.setUnreachable(Optional.of(e.getMessage()));
            return run;
        }
    }

    private Run followedAnew(RunFolder folder, RunSnapshot.Kind kind) {
        Run run = newRun(folder, kind);
        run.follow();
        return run;
    }

    private Run newRun(RunFolder folder, RunSnapshot.Kind kind) {
        return kind == RunSnapshot.Kind.LEDGER
                ? new LedgerRun(folder, clock)
                : new ListedRun(folder, kind, folder.files(kind), clock);
    }

    /** Gives up a refresh in progress; none can follow. */
    @Override
    @PreDestroy
    public void close() {
        reader.close();
        scanner.close();
    }
}

package pipeline.validator.dataset;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import pipeline.events.Timestamps;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.run.LedgerRun;
import pipeline.validator.dataset.run.ListedRun;
import pipeline.validator.dataset.run.Run;
import pipeline.validator.dataset.run.RunFolder;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.Scanner;
import pipeline.validator.dataset.storage.Storage;

/**
 * Keeps the totals of every run that was asked for, and reads only what is new. One refresh runs at a time. A caller gets
 * the snapshot of a refresh that started after the call, so it includes everything committed before the call; callers that
 * wait at the same time share one.
 */
@ApplicationScoped
public class DatasetIndex {
    private record Refreshed(long number, RunSelection selection, DatasetSnapshot snapshot) {}

    private final Storage storage;
    private final SeenRuns seen;
    private final Clock clock;
    private final Scanner scanner = new Scanner();
    private final Timer timer;
    private final AtomicLong started = new AtomicLong();
    private final ReentrantLock oneRefresh = new ReentrantLock();
    private Map<String, Run> known = Map.of();
    private Refreshed last = new Refreshed(0, null, null);

    public DatasetIndex(Storage storage, SeenRuns seen, Clock clock, MeterRegistry metrics) {
        this.storage = storage;
        this.seen = seen;
        this.clock = clock;
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
     * @throws pipeline.validator.dataset.storage.StorageException if the storage cannot be reached
     */
    public DatasetSnapshot refresh(RunSelection selection) {
        long startedBefore = started.get();
        oneRefresh.lock();
        try {
            if (last.number() <= startedBefore || !last.selection().equals(selection)) {
                long number = started.incrementAndGet();
                last = new Refreshed(number, selection, timer.record(() -> read(selection)));
            }
            return last.snapshot();
        } finally {
            oneRefresh.unlock();
        }
    }

    private DatasetSnapshot read(RunSelection selection) {
        Instant asOf = clock.instant();
        Optional<List<Run>> found = follow();
        seen.note(known.values(), asOf);
        List<Run> all = found.orElse(List.of());
        List<Run> selected = selection.of(all);
        int readNow = selected.stream().mapToInt(run -> run.read(scanner)).sum();
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

    /** Returns what is already known about a run, as long as it is the same run. */
    private Run followed(String name) {
        RunFolder folder = new RunFolder(storage, name);
        RunSnapshot.Kind kind = folder.kind();
        Run run = known.get(name);
        if (run == null || run.kind() != kind || !run.follow()) {
            run = kind == RunSnapshot.Kind.LEDGER
                    ? new LedgerRun(folder, clock)
                    : new ListedRun(folder, kind, folder.files(kind), clock);
            run.follow();
        }
        return run;
    }

    /** Gives up a refresh in progress; none can follow. */
    @PreDestroy
    public void close() {
        scanner.close();
    }
}

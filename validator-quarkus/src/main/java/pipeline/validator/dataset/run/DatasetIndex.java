package pipeline.validator.dataset.run;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;

/**
 * Knows the sums of every run that was asked for, and reads only what is new. One refresh runs at a time; a caller gets a
 * snapshot of a refresh that began after the call, so that everything committed before the call is in, and callers that
 * wait at the same time share one.
 */
@ApplicationScoped
public class DatasetIndex {
    private record Refreshed(long number, RunSelection selection, DatasetSnapshot snapshot) {}

    private final Storage storage;
    private final Clock clock;
    private final Runs runs;
    private final Scanner scanner;
    private final Timer timer;
    private final AtomicLong begun = new AtomicLong();
    private final ReentrantLock oneRefresh = new ReentrantLock();
    private Refreshed last = new Refreshed(0, null, null);
    private volatile long rowsKnown;

    public DatasetIndex(Storage storage, Clock clock, MeterRegistry metrics) {
        this.storage = storage;
        this.clock = clock;
        this.runs = new Runs(storage, clock);
        this.scanner = new Scanner(storage);
        this.timer = Timer.builder("validator.refresh")
                .description("Looking for new data and reading it")
                .register(metrics);
        FunctionCounter.builder("validator.files.read", scanner, Scanner::filesOpened)
                .description("Data files aggregated")
                .register(metrics);
        FunctionCounter.builder("validator.read", scanner, Scanner::bytes)
                .description("Size of the data files aggregated")
                .baseUnit("bytes")
                .register(metrics);
        Gauge.builder("validator.rows.known", () -> rowsKnown)
                .description("Rows of the runs that the last refresh was for")
                .register(metrics);
    }

    /**
     * Returns the runs asked for as they are now.
     *
     * @throws StorageException when the storage can't be reached
     */
    public DatasetSnapshot refresh(RunSelection selection) {
        long begunBefore = begun.get();
        oneRefresh.lock();
        try {
            if (last.number() <= begunBefore || !last.selection().equals(selection)) {
                long number = begun.incrementAndGet();
                last = new Refreshed(number, selection, timer.record(() -> read(selection)));
            }
            return last.snapshot();
        } finally {
            oneRefresh.unlock();
        }
    }

    private DatasetSnapshot read(RunSelection selection) {
        Instant asOf = clock.instant();
        Optional<List<Run>> found = runs.follow();
        List<Run> all = found.orElse(List.of());
        List<Run> selected = selection.of(all);
        int readNow = selected.stream().mapToInt(run -> run.read(scanner)).sum();
        List<RunSnapshot> snapshots = selected.stream().map(Run::snapshot).toList();
        rowsKnown = snapshots.stream().mapToLong(run -> run.tallies().rows()).sum();
        String folder = folder(selection, snapshots);
        List<String> known = all.stream().map(Run::name).toList();
        return new DatasetSnapshot(
                asOf, storage.describe(folder), folder, found.isPresent(), known, snapshots, readNow);
    }

    private static String folder(RunSelection selection, List<RunSnapshot> runs) {
        boolean isOneFolder = !selection.isAll() && !runs.isEmpty();
        return isOneFolder ? Runs.folder(runs.get(0).name()) : "";
    }

    @PreDestroy
    public void close() {
        scanner.close();
    }
}

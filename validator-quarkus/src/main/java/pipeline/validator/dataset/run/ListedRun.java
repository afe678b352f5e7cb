package pipeline.validator.dataset.run;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.ledger.RunSchemas;
import pipeline.validator.dataset.listing.FileList;
import pipeline.validator.dataset.storage.Storage;

/**
 * A run without a ledger: a list says which files count. Files may appear, change and disappear. So the totals of each file
 * are kept, and added up again after a change.
 */
public final class ListedRun extends Run {
    private final FileList list;
    private final SortedMap<String, FileTotals> counted = new TreeMap<>();
    private SortedMap<String, Storage.Stamp> files = new TreeMap<>();

    public ListedRun(RunFolder folder, RunSnapshot.Kind kind, FileList list, Clock clock) {
        super(folder, kind, clock);
        this.list = list;
    }

    @Override
    public boolean follow() {
        SortedMap<String, Storage.Stamp> before = files;
        Sample problemsBefore = list.problems();
        files = list.files();
        if (!files.equals(before) || !list.problems().equals(problemsBefore)) {
            before.forEach((path, stamp) -> {
                if (!stamp.equals(files.get(path))) {
                    counted.remove(path);
                    failures.remove(path);
                }
            });
            noteChange();
        }
        return true;
    }

    @Override
    public Instant lastChange() {
        return files.values().stream()
                .map(Storage.Stamp::modified)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    @Override
    public boolean hasData() {
        return !files.isEmpty();
    }

    @Override
    public int read(Scanner scanner) {
        Stream<String> added =
                files.keySet().stream().filter(path -> !counted.containsKey(path) && !failures.containsKey(path));
        return readInParts(Stream.concat(due().stream(), added).toList(), "files", paths -> scan(paths, scanner));
    }

    @Override
    void add(String path, FileTotals totals) {
        counted.put(path, totals);
    }

    @Override
    RunSnapshot newSnapshot() {
        RunTotals totals = new RunTotals();
        Map<String, Long> lastTs = new HashMap<>();
        counted.forEach((path, file) -> {
            totals.add(path, file);
            file.tallies().total().lastTs().ifPresent(micros -> lastTs.put(path, micros));
        });
        return totals.snapshot(
                this,
                files.size(),
                new RunSchemas(folder.storage(), name()),
                Sample.NONE,
                list.problems().plus(lostLedger()),
                RunSnapshot.Commits.withoutLedger(lastChange(), new ListedHistory(files, lastTs)));
    }

    /** The job creates the ledger before its first file, so a run that has files of the job must also have a ledger. */
    private Sample lostLedger() {
        Sample written = folder.isLoose()
                ? Sample.NONE
                : Sample.of(files.keySet().stream()
                        .filter(path -> OutputTree.batchOf(path).isPresent())
                        .toList());
        return kind() == RunSnapshot.Kind.LISTING && !written.isEmpty()
                ? Sample.NONE.plus(folder.storage().describe(folder.ledger().path()) + " is gone, but the job wrote "
                        + Counted.of(written.count(), "file") + ": " + written)
                : Sample.NONE;
    }

    /** @param lastTs of the files that have one, in microseconds */
    private record ListedHistory(SortedMap<String, Storage.Stamp> files, Map<String, Long> lastTs)
            implements RunSnapshot.History {
        @Override
        public List<String> since(Instant from) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, from);
            return newestFirst()
                    .filter(path -> lastTs.getOrDefault(path, Long.MIN_VALUE) >= micros)
                    .filter(path -> !files.get(path).modified().isBefore(from))
                    .toList();
        }

        @Override
        public List<String> holding(int rows) {
            return newestFirst().limit(rows).toList();
        }

        private Stream<String> newestFirst() {
            return files.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(
                            Comparator.comparing(Storage.Stamp::modified).reversed()))
                    .map(Map.Entry::getKey);
        }
    }
}

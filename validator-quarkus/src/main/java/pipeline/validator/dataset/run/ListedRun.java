package pipeline.validator.dataset.run;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
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
    public int read(Scanner scanner) {
        Stream<String> added =
                files.keySet().stream().filter(path -> !counted.containsKey(path) && !failures.containsKey(path));
        return scan(Stream.concat(due().stream(), added).toList(), scanner);
    }

    @Override
    void add(String path, FileTotals totals) {
        counted.put(path, totals);
    }

    @Override
    RunSnapshot newSnapshot() {
        RunTotals totals = new RunTotals();
        counted.forEach(totals::add);
        return totals.snapshot(
                this,
                files.size(),
                Sample.NONE,
                list.problems(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ListedHistory(files));
    }

    private record ListedHistory(SortedMap<String, Storage.Stamp> files) implements RunSnapshot.History {
        @Override
        public List<String> since(Instant from) {
            return newestFirst()
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

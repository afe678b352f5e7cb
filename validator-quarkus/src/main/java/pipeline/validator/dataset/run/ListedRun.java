package pipeline.validator.dataset.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.listing.FileList;
import pipeline.validator.dataset.storage.Storage;

/**
 * A run without a ledger. Files may come, change and go: what each one holds is kept, and the sums are added up anew when
 * something changed.
 */
final class ListedRun implements Run {
    private record Counted(Storage.Stamp stamp, FileTotals totals) {}

    private final String name;
    private final RunSnapshot.Kind kind;
    private final FileList list;
    private final Unreadable unreadable;
    private final SortedMap<String, Counted> counted = new TreeMap<>();
    private SortedMap<String, Storage.Stamp> files = new TreeMap<>();
    private RunSnapshot snapshot;

    ListedRun(String name, RunSnapshot.Kind kind, FileList list, Clock clock) {
        this.name = name;
        this.kind = kind;
        this.list = list;
        this.unreadable = new Unreadable(clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunSnapshot.Kind kind() {
        return kind;
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
                    unreadable.remove(path);
                }
            });
            snapshot = null;
        }
        return true;
    }

    @Override
    public Optional<Instant> lastCommit() {
        return Optional.empty();
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
        List<String> paths = new ArrayList<>(unreadable.due());
        for (String path : files.keySet()) {
            if (!counted.containsKey(path) && !unreadable.contains(path)) {
                paths.add(path);
            }
        }
        scanner.scan(paths).forEach(this::keep);
        return paths.size();
    }

    private void keep(Scanner.Scanned scanned) {
        if (scanned.isReadable()) {
            counted.put(scanned.path(), new Counted(files.get(scanned.path()), scanned.totals()));
            unreadable.remove(scanned.path());
        } else {
            unreadable.add(scanned.path(), scanned.reason());
        }
        snapshot = null;
    }

    @Override
    public RunSnapshot snapshot() {
        if (snapshot == null) {
            snapshot = sum();
        }
        return snapshot;
    }

    private RunSnapshot sum() {
        Tallies tallies = new Tallies();
        HeadFiles head = new HeadFiles();
        Sample.Builder otherSchema = new Sample.Builder();
        int withoutOffsets = 0;
        for (Map.Entry<String, Counted> file : counted.entrySet()) {
            FileTotals totals = file.getValue().totals();
            tallies.add(totals.tallies());
            head.add(file.getKey(), totals.rows());
            withoutOffsets += totals.offsets() ? 0 : 1;
            totals.schemaProblem().ifPresent(problem -> otherSchema.add(file.getKey() + ": " + problem));
        }
        return new RunSnapshot(
                name,
                kind,
                files.size(),
                tallies,
                unreadable.files(),
                otherSchema.build(),
                withoutOffsets,
                Sample.NONE,
                list.problems(),
                0,
                head.head(tallies),
                lastChange(),
                Optional.empty());
    }
}

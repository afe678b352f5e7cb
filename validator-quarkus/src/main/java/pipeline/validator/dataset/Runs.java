package pipeline.validator.dataset;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.run.LedgerRun;
import pipeline.validator.dataset.run.ListedRun;
import pipeline.validator.dataset.run.Run;
import pipeline.validator.dataset.run.RunFolder;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;

/** Finds the runs of a tree, and keeps what is known about each as long as it is the same run. */
final class Runs {
    private final Storage storage;
    private final Clock clock;
    private Map<String, Run> known = Map.of();

    Runs(Storage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Returns the runs as they are now, sorted by name; nothing if the tree does not exist. */
    Optional<List<Run>> follow() {
        Optional<List<Storage.Entry>> root = storage.list("");
        List<Storage.Entry> children = root.orElse(List.of());
        Map<String, Run> found = new LinkedHashMap<>();
        if (children.stream().anyMatch(Runs::isLoose)) {
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
}

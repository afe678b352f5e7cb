package pipeline.validator.dataset.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.listing.SparkMetadataLog;
import pipeline.validator.dataset.listing.TreeListing;
import pipeline.validator.dataset.storage.Storage;

/** Finds the runs of a tree, and keeps what is known of each as long as it is the same run. */
public final class Runs {
    /** Stands for the files of a tree that are in no run's folder, such as a copy or what pandas wrote. */
    static final String LOOSE = ".";

    private final Storage storage;
    private final Clock clock;
    private Map<String, Run> known = new HashMap<>();

    Runs(Storage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Returns the runs as they are now, sorted by name; nothing when the tree is not there. */
    Optional<List<Run>> follow() {
        Optional<List<Storage.Entry>> children = storage.list("");
        Map<String, Run> found = new HashMap<>();
        List<Run> runs = new ArrayList<>();
        for (String name : names(children.orElse(List.of()))) {
            Run run = followed(name);
            found.put(name, run);
            runs.add(run);
        }
        known = found;
        return children.map(present -> runs);
    }

    private static List<String> names(List<Storage.Entry> children) {
        List<String> names = new ArrayList<>();
        if (children.stream().anyMatch(Runs::isLoose)) {
            names.add(LOOSE);
        }
        children.stream()
                .filter(child -> child.folder() && isRun(child.name()))
                .map(Storage.Entry::name)
                .forEach(names::add);
        return names;
    }

    private static boolean isLoose(Storage.Entry child) {
        return !isRun(child.name())
                && !Storage.isHidden(child.name())
                && (child.folder() || child.name().endsWith(OutputTree.PARQUET_SUFFIX));
    }

    private static boolean isRun(String name) {
        return name.startsWith(OutputTree.RUN_PREFIX);
    }

    private Run followed(String name) {
        RunSnapshot.Kind kind = kind(name);
        Run run = known.get(name);
        if (run == null || run.kind() != kind || !run.follow()) {
            run = open(name, kind);
            run.follow();
        }
        return run;
    }

    private RunSnapshot.Kind kind(String name) {
        if (!name.equals(LOOSE) && isFolder(name + "/" + OutputTree.LEDGER)) {
            return RunSnapshot.Kind.LEDGER;
        }
        return isFolder(prefix(name) + SparkMetadataLog.FOLDER)
                ? RunSnapshot.Kind.SPARK_METADATA
                : RunSnapshot.Kind.LISTING;
    }

    private boolean isFolder(String path) {
        return storage.find(path).filter(Storage.Entry::folder).isPresent();
    }

    private Run open(String name, RunSnapshot.Kind kind) {
        return switch (kind) {
            case LEDGER -> new LedgerRun(storage, name, clock);
            case SPARK_METADATA -> new ListedRun(name, kind, new SparkMetadataLog(storage, prefix(name)), clock);
            case LISTING -> new ListedRun(name, kind, listing(storage, name), clock);
        };
    }

    /** Returns the listing of a run as any reader of its folder sees it. */
    public static TreeListing listing(Storage storage, String name) {
        return name.equals(LOOSE)
                ? TreeListing.of(storage, "").including(child -> !isRun(child))
                : TreeListing.of(storage, name);
    }

    /** Returns the run's folder, relative to the tree's root. */
    static String folder(String name) {
        return name.equals(LOOSE) ? "" : name;
    }

    /** Returns the same followed by a slash, unless it is the root. */
    public static String prefix(String name) {
        return name.equals(LOOSE) ? "" : name + "/";
    }
}

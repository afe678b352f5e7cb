package pipeline.validator.dataset.run;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import pipeline.events.Timestamps;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.OutputTree;
import pipeline.events.output.StopVerdict;
import pipeline.validator.dataset.ledger.LedgerFolder;
import pipeline.validator.dataset.listing.FileList;
import pipeline.validator.dataset.listing.SparkMetadataLog;
import pipeline.validator.dataset.listing.TreeListing;
import pipeline.validator.dataset.run.RunSnapshot.Kind;
import pipeline.validator.dataset.storage.Storage;

/**
 * The folder of one run.
 *
 * @param name of the folder, or {@link #LOOSE}
 */
public record RunFolder(Storage storage, String name) {
    /** Stands for the files outside of all runs' folders, such as a copy of a run or what pandas wrote. */
    public static final String LOOSE = ".";

    public static boolean isRun(String name) {
        return name.startsWith(OutputTree.RUN_PREFIX);
    }

    public boolean isLoose() {
        return name.equals(LOOSE);
    }

    /** Returns the folder's path, relative to the tree's root. */
    public String path() {
        return isLoose() ? "" : name;
    }

    /** Returns what determines which files count. */
    public Kind kind() {
        if (!isLoose() && isFolder(ledger().path())) {
            return Kind.LEDGER;
        }
        return isFolder(sparkLog().path()) ? Kind.SPARK_METADATA : Kind.LISTING;
    }

    private boolean isFolder(String path) {
        return storage.find(path).filter(Storage.Entry::folder).isPresent();
    }

    public LedgerFolder ledger() {
        return new LedgerFolder(storage, name + "/" + OutputTree.LEDGER);
    }

    /** Returns why the job has stopped for good, and when, if it has; for people. */
    public Optional<String> stopped() {
        String path = name + "/" + OutputTree.STOPPED;
        if (isLoose() || storage.find(path).isEmpty()) {
            return Optional.empty();
        }
        try {
            StopVerdict verdict = LedgerJson.decodeVerdict(storage.read(path));
            return Optional.of(
                    "The job stopped at " + Timestamps.format(verdict.at()) + " for good: " + verdict.reason());
        } catch (NoSuchFileException e) {
            return Optional.empty(); // a start has just removed it
        } catch (IOException e) {
            return Optional.of("The job stopped for good, but " + storage.describe(path) + " can't be read: "
                    + e.getMessage() + ".");
        }
    }

    /** Returns the list of the files that count in a run without a ledger. */
    public FileList files(Kind kind) {
        return kind == Kind.SPARK_METADATA ? sparkLog() : listing();
    }

    public SparkMetadataLog sparkLog() {
        return new SparkMetadataLog(storage, isLoose() ? "" : name + "/");
    }

    /** Returns the listing of the folder as the globs of DuckDB and Polars see it. */
    public TreeListing glob() {
        return TreeListing.ofGlob(storage, path());
    }

    /** Returns the listing of the folder as Spark and pandas see it. */
    public TreeListing listing() {
        TreeListing all = TreeListing.of(storage, path());
        return isLoose() ? all.including(child -> !isRun(child)) : all;
    }
}

package pipeline.validator.dataset.listing;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;

/**
 * Lists a tree as readers of Parquet do: every {@code .parquet} name, unless it or a folder above it is hidden. A folder
 * named {@code x.parquet} is listed as a file, and so is a folder that cannot be listed, so that reading it shows what is
 * wrong.
 */
public record TreeListing(Storage storage, String folder, Predicate<String> isChild, Predicate<String> isHidden)
        implements FileList {
    /** Names that start with an underscore or a dot are hidden, as for Spark, pandas and most others. */
    public static TreeListing of(Storage storage, String folder) {
        return new TreeListing(storage, folder, name -> true, Storage::isHidden);
    }

    /** No name is hidden, as for the globs of DuckDB and Polars. */
    public static TreeListing ofGlob(Storage storage, String folder) {
        return new TreeListing(storage, folder, name -> true, name -> false);
    }

    /** Leaves out the other direct children. */
    public TreeListing including(Predicate<String> isIncluded) {
        return new TreeListing(storage, folder, isIncluded, isHidden);
    }

    @Override
    public SortedMap<String, Storage.Stamp> files() {
        SortedMap<String, Storage.Stamp> files = new TreeMap<>();
        forEach(files::put);
        return files;
    }

    /** Passes on the files one by one, in any order, without holding all of them. */
    public void forEach(BiConsumer<String, Storage.Stamp> action) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        storage.forEach(folder, child -> {
            if (isChild.test(child.name())) {
                visit(prefix + child.name(), child, action);
            }
        });
    }

    private void visit(String path, Storage.Entry entry, BiConsumer<String, Storage.Stamp> action) {
        if (isHidden.test(entry.name())) {
            return;
        }
        if (entry.name().endsWith(OutputTree.PARQUET_SUFFIX)) {
            action.accept(path, entry.stamp());
        } else if (entry.folder()) {
            try {
                storage.forEach(path, child -> visit(path + "/" + child.name(), child, action));
            } catch (StorageException e) {
                action.accept(path, entry.stamp());
            }
        }
    }
}

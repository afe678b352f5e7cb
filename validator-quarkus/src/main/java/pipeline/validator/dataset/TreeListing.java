package pipeline.validator.dataset;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import pipeline.events.OutputTree;

/**
 * Lists a tree as readers of Parquet do: every {@code .parquet} name, except where it or a folder above it begins with
 * an underscore or a dot. A folder named {@code x.parquet} is listed itself, and so is one that can't be listed, so that
 * reading shows what is wrong.
 */
final class TreeListing implements FileList {
    private final Storage storage;
    private final String folder;
    private final Predicate<String> isIncluded;

    TreeListing(Storage storage, String folder) {
        this(storage, folder, name -> true);
    }

    /** Leaves out the direct children whose name is not included. */
    TreeListing(Storage storage, String folder, Predicate<String> isIncluded) {
        this.storage = storage;
        this.folder = folder;
        this.isIncluded = isIncluded;
    }

    @Override
    public SortedMap<String, Storage.Stamp> files() {
        SortedMap<String, Storage.Stamp> files = new TreeMap<>();
        for (Storage.Entry entry : storage.list(folder).orElse(List.of())) {
            if (isIncluded.test(entry.name())) {
                add(folder, entry, files);
            }
        }
        return files;
    }

    private void add(String parent, Storage.Entry entry, SortedMap<String, Storage.Stamp> files) {
        if (Storage.isHidden(entry.name())) {
            return;
        }
        String path = parent.isEmpty() ? entry.name() : parent + "/" + entry.name();
        if (entry.name().endsWith(OutputTree.PARQUET_SUFFIX)) {
            files.put(path, entry.stamp());
        } else if (entry.folder()) {
            addChildren(path, entry, files);
        }
    }

    private void addChildren(String path, Storage.Entry entry, SortedMap<String, Storage.Stamp> files) {
        try {
            for (Storage.Entry child : storage.list(path).orElse(List.of())) {
                add(path, child, files);
            }
        } catch (StorageException e) {
            files.put(path, entry.stamp());
        }
    }
}

package pipeline.validator.dataset.storage;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the Parquet tree is: the interface to file systems. Paths are relative to the tree's root, and separated by {@code /}
 * on every system; the empty path is the root.
 *
 * <p>Implementations must be thread-safe: any number of threads call each method at the same time. A channel that {@link #open}
 * returns belongs to its caller, and is used by one thread at a time.
 */
public interface Storage {
    /**
     * A file or a folder.
     *
     * @param name the last part of its path
     */
    record Entry(String name, boolean folder, Stamp stamp) {}

    /**
     * Changes whenever the content of a path does.
     *
     * @param identity distinguishes a file from a later one of the same name, if the file system can
     */
    record Stamp(long bytes, Instant modified, Object identity) {}

    /**
     * Passes on the content of a folder, one entry after the other in any order, without holding all of them. An entry whose
     * attributes cannot be read, such as a link to itself, counts as a folder; reading that shows what is wrong.
     *
     * @return false if there is no such folder
     * @throws StorageException if the folder cannot be listed
     */
    boolean forEach(String folder, Consumer<Entry> action);

    /**
     * Returns the content of a folder, sorted by name; nothing if there is no such folder.
     *
     * @throws StorageException if the folder cannot be listed
     */
    default Optional<List<Entry>> list(String folder) {
        List<Entry> entries = new ArrayList<>();
        if (!forEach(folder, entries::add)) {
            return Optional.empty();
        }
        entries.sort(Comparator.comparing(Entry::name));
        return Optional.of(entries);
    }

    /**
     * Returns nothing if there is nothing at the path.
     *
     * @throws StorageException if the path cannot be reached
     */
    Optional<Entry> find(String path);

    /** Opens a file for reading; the caller closes it. */
    SeekableByteChannel open(String path) throws IOException;

    /** Returns the content of a small file. */
    default byte[] read(String path) throws IOException {
        try (SeekableByteChannel file = open(path)) {
            return Channels.newInputStream(file).readAllBytes();
        }
    }

    /** Returns the path as it is shown to people, including the root. */
    String describe(String path);

    /** @throws StorageException if a call to this storage has waited for its answer for too long */
    default void requireAnswers() {}

    /** Returns whether readers of Parquet trees ignore this name. */
    static boolean isHidden(String name) {
        return name.startsWith("_") || name.startsWith(".");
    }
}

package pipeline.validator.dataset.storage;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the Parquet tree lies: the one seam to file systems. Paths are relative to the tree's root, with {@code /} on
 * every system; the empty path is the root.
 */
public interface Storage {
    /**
     * A file or a folder.
     *
     * @param name the last part of its path
     * @param stamp changes whenever the content does
     */
    record Entry(String name, boolean folder, Stamp stamp) {}

    /**
     * What tells one content of a path from another one without reading it.
     *
     * @param identity tells a file from a later one of the same name, where the file system can
     */
    record Stamp(long bytes, Instant modified, Object identity) {}

    /**
     * Returns what a folder holds, sorted by name; nothing when there is no such folder.
     *
     * @throws StorageException when that can't be told
     */
    Optional<List<Entry>> list(String folder);

    /**
     * Returns nothing when there is nothing at the path.
     *
     * @throws StorageException when that can't be told
     */
    Optional<Entry> find(String path);

    /** Returns a small file whole. */
    byte[] read(String path) throws IOException;

    /** Opens a file for reading; the caller closes it. */
    SeekableByteChannel open(String path) throws IOException;

    /** Returns the path as people know it. */
    String describe(String path);

    /** Returns whether readers of Parquet trees leave this name out. */
    static boolean isHidden(String name) {
        return name.startsWith("_") || name.startsWith(".");
    }
}

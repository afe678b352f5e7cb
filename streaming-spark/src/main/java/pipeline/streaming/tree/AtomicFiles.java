package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The few file operations that publication relies on. Hadoop's local file system is not used for them, since it overwrites
 * on rename, and copies when a rename fails.
 */
final class AtomicFiles {
    private AtomicFiles() {}

    /** Writes a new file that becomes visible only once all of it is on the disk. */
    static void write(Path target, Path aside, byte[] content) throws IOException {
        writeSynced(aside, content);
        move(aside, target);
        sync(target.getParent());
    }

    /** Like {@link #write}, but over an earlier file of this name. */
    static void replace(Path target, Path aside, byte[] content) throws IOException {
        writeSynced(aside, content);
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        sync(target.getParent());
    }

    /**
     * Like {@link #write}, but when two jobs write the same target, one of them fails, whatever their timing.
     *
     * @throws FileAlreadyExistsException when the target exists
     */
    static void writeExclusively(Path target, Path aside, byte[] content) throws IOException {
        writeSynced(aside, content);
        Files.createLink(target, aside);
        Files.delete(aside);
        sync(target.getParent());
    }

    /**
     * Moves a file atomically, on the same mount, never over another one.
     *
     * @throws FileAlreadyExistsException when the target exists
     * @throws java.nio.file.AtomicMoveNotSupportedException when the two folders are on different mounts
     */
    static void move(Path source, Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Creates a folder and those above it where they are missing, so that they are still there after a power loss. */
    static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            createFolders(folder.getParent());
            Files.createDirectories(folder);
            sync(folder.getParent());
        }
    }

    /** Waits until a file's content, or a folder's list of files, is on the disk. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void writeSynced(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        sync(file);
    }
}

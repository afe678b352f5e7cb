package pipeline.streaming;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The few operations of a file system that publication rests on; the one place to look at for another file system. Hadoop's
 * local file system is not used for them, since it overwrites on rename, and copies when a rename fails.
 */
final class DurableFiles {
    private DurableFiles() {}

    /** Writes a new file of which nothing can be seen before all of it is on the disk. */
    static void write(Path target, Path aside, byte[] content) throws IOException {
        writeSynced(aside, content);
        move(aside, target);
        sync(target.getParent());
    }

    /**
     * As {@link #write}, but of two who write the same target one fails, whatever their timing.
     *
     * @throws FileAlreadyExistsException when the target is there
     */
    static void writeExclusively(Path target, Path aside, byte[] content) throws IOException {
        writeSynced(aside, content);
        Files.createLink(target, aside);
        Files.delete(aside);
        sync(target.getParent());
    }

    /**
     * Moves a file in one step, on the same mount, never over another one.
     *
     * @throws FileAlreadyExistsException when the target is there
     * @throws java.nio.file.AtomicMoveNotSupportedException when the two folders are on different mounts
     */
    static void move(Path source, Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits until a file's content, or a folder's list of names, is on the disk. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void writeSynced(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        sync(file);
    }
}

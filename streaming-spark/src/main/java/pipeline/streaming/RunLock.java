package pipeline.streaming;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** Keeps a second job off a run. The operating system gives the lock up when its holder dies, however it dies. */
final class RunLock implements AutoCloseable {
    static final String NAME = "lock";

    private final RunFolders folders;
    private final FileChannel channel;
    private final Object fileKey;

    private RunLock(RunFolders folders, FileChannel channel, Object fileKey) {
        this.folders = folders;
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /** @throws CannotContinueException when another job has the run */
    static RunLock take(RunFolders folders) throws IOException {
        Path file = file(folders);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new CannotContinueException("Another job is writing run " + folders.runId() + " in "
                    + folders.tree().root() + " (it holds " + file + "). Stop it, or set RUN_ID to another name.");
        }
        return new RunLock(folders, channel, fileKey(file));
    }

    private static Path file(RunFolders folders) {
        return folders.staging().resolve(NAME);
    }

    /** Returns what tells a file from a later one of the same name; nothing when there is none. */
    private static Object fileKey(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Makes sure that the lock still keeps others off.
     *
     * @throws CannotContinueException when somebody removed its file, so that a second job may have taken the run
     */
    void requireHeld() throws IOException {
        if (!Objects.equals(fileKey, fileKey(file(folders)))) {
            throw new CannotContinueException(
                    "Somebody removed " + file(folders) + " while this job held it, and another " + "job may write run "
                            + folders.runId() + " now. Leave one job of this run, and start it again.");
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

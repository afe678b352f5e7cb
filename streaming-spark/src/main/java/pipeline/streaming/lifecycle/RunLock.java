package pipeline.streaming.lifecycle;

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
import pipeline.events.settings.Settings;

/**
 * Keeps a second job from writing the same run. The operating system releases the lock when its holder dies.
 *
 * @param file what is locked
 * @param fileKey what distinguishes it from a later file with the same name
 */
public record RunLock(String runId, Path file, FileChannel channel, Object fileKey) implements AutoCloseable {
    /** The name of the file. */
    public static final String NAME = "lock";

    /**
     * @param folder of the file
     * @param output where the run is, for the message
     * @throws CannotContinueException when another job holds the run
     */
    public static RunLock take(String runId, Path folder, Path output) throws IOException {
        Path file = folder.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new CannotContinueException("Another job is writing run " + runId + " in " + output + " (it holds "
                    + file + "). Stop it, or set " + Settings.RUN_ID + " to another name.");
        }
        return new RunLock(runId, file, channel, fileKey(file));
    }

    /** Returns what distinguishes a file from a later one with the same name, or null when it does not exist. */
    private static Object fileKey(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Checks that the lock still keeps other jobs out.
     *
     * @throws CannotContinueException when its file was removed, so that a second job may have taken the run
     */
    public void requireHeld() throws IOException {
        if (!Objects.equals(fileKey, fileKey(file))) {
            throw new CannotContinueException(
                    "Somebody removed " + file + " while this job held it, so another job may be writing run " + runId
                            + " too. Stop all jobs of this run but one, then start that one again.");
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

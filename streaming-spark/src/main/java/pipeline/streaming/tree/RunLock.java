package pipeline.streaming.tree;

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
import pipeline.streaming.lifecycle.CannotContinueException;

/** Keeps a second job from writing the same run. The operating system releases the lock when its holder dies. */
record RunLock(RunLayout layout, FileChannel channel, Object fileKey) implements AutoCloseable {
    static final String NAME = "lock";

    /** @throws CannotContinueException when another job holds the run */
    static RunLock take(RunLayout layout) throws IOException {
        Path file = file(layout);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new CannotContinueException("Another job is writing run " + layout.runId() + " in "
                    + layout.tree().root() + " (it holds " + file + "). Stop it, or set " + Settings.RUN_ID
                    + " to another name.");
        }
        return new RunLock(layout, channel, fileKey(file));
    }

    private static Path file(RunLayout layout) {
        return layout.staging().resolve(NAME);
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
    void requireHeld() throws IOException {
        if (!Objects.equals(fileKey, fileKey(file(layout)))) {
            throw new CannotContinueException(
                    "Somebody removed " + file(layout) + " while this job held it, so another job may be writing run "
                            + layout.runId() + " too. Stop all jobs of this run but one, then start that one again.");
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

package pipeline.streaming;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second job off a run. The operating system gives the lock up when its holder dies, however it dies. */
final class RunLock implements AutoCloseable {
    static final String NAME = "lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws CannotContinueException when another job has the run */
    static RunLock take(RunFolders folders) throws IOException {
        Path file = folders.staging().resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new CannotContinueException("Another job is writing run " + folders.runId() + " in "
                    + folders.tree().root() + " (it holds " + file + "). Stop it, or set RUN_ID to another name.");
        }
        return new RunLock(channel);
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

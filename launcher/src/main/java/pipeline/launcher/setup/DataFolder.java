package pipeline.launcher.setup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The data folder of one {@code ./pipeline}, locked from {@link #open} to {@link #close}. The lock file also contains the
 * process id of the guard, so that the next launch can wait until the components of a killed one have ended.
 */
public final class DataFolder implements AutoCloseable {
    /** The name of the folder with the components' temporary files. Systems empty their own, such as {@code /tmp}, by age. */
    public static final String TEMPORARY = ".pipeline-tmp";

    private static final String GUARD = "guard ";
    private static final Duration GUARD_LIMIT = Duration.ofSeconds(15);

    private final Path root;
    private final RandomAccessFile lockFile;

    private DataFolder(Path root, RandomAccessFile lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Creates the folder if needed and locks it.
     *
     * @throws StartException if another launch has locked it
     * @throws UsageException if it cannot be written to
     */
    public static DataFolder open(Path root) {
        requireWritable("--data", root);
        try {
            RandomAccessFile lockFile =
                    new RandomAccessFile(root.resolve(".lock").toFile(), "rw");
            if (lockFile.getChannel().tryLock() == null) {
                lockFile.close();
                throw new StartException("another ./pipeline is running on " + root
                        + ": stop it, or use another folder with --data and other ports");
            }
            return new DataFolder(root, lockFile);
        } catch (IOException e) {
            throw new UsageException("--data=" + root + " cannot be locked: " + e.getMessage());
        }
    }

    /**
     * Creates a folder unless it exists.
     *
     * @param name the option or setting, for the message
     * @throws UsageException if it cannot be created or written to
     */
    public static void requireWritable(String name, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UsageException(
                    name + "=" + folder + " is not allowed: a folder that can be created; " + e.getMessage());
        }
        if (!Files.isWritable(folder)) {
            throw new UsageException(name + "=" + folder + " is not allowed: a folder that this user can write to");
        }
    }

    public Path root() {
        return root;
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Deletes what killed components left. To be called when none is running. */
    public void clearTemporary() throws IOException {
        FileTree.clear(root.resolve(TEMPORARY));
    }

    public void clearOutput() throws IOException {
        FileTree.delete(root.resolve("output"));
    }

    /** To be called after {@link #clearOutput}: an output can be restored from Kafka's events, but not the reverse. */
    public void clearKafka() throws IOException {
        FileTree.delete(kafka());
    }

    public void clearAll() throws IOException {
        clearOutput();
        clearKafka();
        FileTree.delete(logs());
    }

    /** Stores the process id of the guard, which stops the components if this process is killed. */
    public void rememberGuard(long pid) throws IOException {
        write(GUARD + pid + "\n");
    }

    /** Returns the guard of an earlier launch that was killed, if it is still running. */
    public Optional<ProcessHandle> guardAtWork() throws IOException {
        lockFile.seek(0);
        return Optional.ofNullable(lockFile.readLine())
                .filter(line -> line.startsWith(GUARD))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.substring(GUARD.length()))))
                .filter(ProcessHandle::isAlive);
    }

    /** Waits until that guard has stopped the components, for a limited time. */
    public static void await(ProcessHandle guard) {
        guard.onExit()
                .completeOnTimeout(guard, GUARD_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Unlocks the folder after an orderly stop. A second call does nothing. */
    @Override
    public void close() throws IOException {
        if (lockFile.getChannel().isOpen()) {
            write("");
            lockFile.close();
        }
    }

    private void write(String text) throws IOException {
        lockFile.setLength(0);
        lockFile.seek(0);
        lockFile.writeBytes(text);
    }
}

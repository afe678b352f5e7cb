package pipeline.launcher.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The folder that one {@code ./pipeline} works in at a time, held from {@link #open} to {@link #close}. The lock file
 * also names the guard of the run, so that the next run can wait until the parts of a killed one are gone.
 */
public final class DataFolder implements AutoCloseable {
    private static final String GUARD = "guard ";
    private static final Duration GUARD_LIMIT = Duration.ofSeconds(15);

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder and takes its lock.
     *
     * @throws StartException when another run has it
     * @throws UsageException when it can't be written to
     */
    public static DataFolder open(Path root) {
        requireWritable("--data", root);
        try {
            FileChannel channel = FileChannel.open(
                    root.resolve(".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new StartException("another ./pipeline is running on " + root
                        + ": stop it, or use another folder with --data and other ports");
            }
            return new DataFolder(root, channel);
        } catch (IOException e) {
            throw new UsageException("--data=" + root + " can't be locked: " + e.getMessage());
        }
    }

    /**
     * Makes a folder unless it is there.
     *
     * @param name of the option or setting, for the message
     * @throws UsageException when it can't be made or written to
     */
    public static void requireWritable(String name, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UsageException(
                    name + "=" + folder + " is not allowed: a folder that can be made; " + e.getMessage());
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

    /** Deletes what Kafka and the job keep here. The output goes first: Kafka's events alone can make it again. */
    public void clear() throws IOException {
        delete(root.resolve("output"));
        delete(kafka());
    }

    /** Deletes the logs too. */
    public void clearWithLogs() throws IOException {
        clear();
        delete(logs());
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
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

    /** Notes the process that ends the parts should this one be killed. */
    public void rememberGuard(long pid) throws IOException {
        write(GUARD + pid + "\n");
    }

    /** Returns the guard of an earlier run that was killed, as long as it is at work. */
    public Optional<ProcessHandle> guardAtWork() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(64);
        lockFile.read(content, 0);
        String text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
        if (!text.startsWith(GUARD)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(text.substring(GUARD.length()))).filter(ProcessHandle::isAlive);
    }

    /** Waits, for a bounded time, until that guard has ended the parts. */
    public static void await(ProcessHandle guard) {
        CompletableFuture<ProcessHandle> end =
                guard.onExit().completeOnTimeout(guard, GUARD_LIMIT.toSeconds(), TimeUnit.SECONDS);
        end.join();
    }

    /** Gives the folder back, after an orderly stop; a second time is no harm. */
    @Override
    public void close() {
        try {
            if (lockFile.isOpen()) {
                write("");
                lockFile.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) throws IOException {
        lockFile.truncate(0);
        lockFile.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }
}

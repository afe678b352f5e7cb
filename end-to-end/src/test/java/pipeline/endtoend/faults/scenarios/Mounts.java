package pipeline.endtoend.faults.scenarios;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Small and read-only file systems, for root only. What is mounted goes when this is closed. */
final class Mounts implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Deque<Path> mounted = new ArrayDeque<>();

    /** Says whether this process may mount at all. */
    static boolean arePossible(Path folder) throws IOException {
        try (Mounts mounts = new Mounts()) {
            mounts.small(folder);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Gives a folder a disk of its own that is soon full. */
    void small(Path folder) throws IOException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.toString());
        mounted.push(folder);
    }

    /** Fills the disk of a folder to its last block, with a file that is returned. */
    static Path fill(Path folder) throws IOException {
        Path filler = folder.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            return filler;
        }
    }

    /** Covers a folder with a view of itself that nobody can write to, also where files in it are open. */
    void makeReadOnly(Path folder) {
        run("mount", "--bind", folder.toString(), folder.toString());
        mounted.push(folder);
        run("mount", "-o", "remount,bind,ro", folder.toString());
    }

    void makeWritable(Path folder) {
        run("umount", folder.toString());
        mounted.removeFirstOccurrence(folder);
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        while (!mounted.isEmpty()) {
            run("umount", "--lazy", mounted.pop().toString());
        }
    }
}

package pipeline.endtoend.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** File systems that are small, read-only, or not for programs; needs root. Closing unmounts them. */
public final class Mounts implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Deque<Path> mounted = new ArrayDeque<>();

    /** Returns whether this process may mount file systems. */
    public static boolean arePossible(Path folder) throws IOException {
        try (Mounts mounts = new Mounts()) {
            mounts.small(folder);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Mounts a small disk on a folder. */
    public void small(Path folder) throws IOException {
        mount("size=8m", folder);
    }

    /** Mounts a disk from which no program can run on a folder. */
    public void withoutPrograms(Path folder) throws IOException {
        mount("noexec", folder);
    }

    private void mount(String options, Path folder) throws IOException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
        mounted.push(folder);
    }

    /** Fills the disk of a folder completely with one file, and returns the file. */
    public static Path fill(Path folder) throws IOException {
        Path filler = folder.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            return filler;
        }
    }

    /** Mounts a folder read-only over itself, which also affects open files. */
    public void makeReadOnly(Path folder) {
        run("mount", "--bind", folder.toString(), folder.toString());
        mounted.push(folder);
        run("mount", "-o", "remount,bind,ro", folder.toString());
    }

    public void makeWritable(Path folder) {
        unmount(folder);
    }

    public void unmount(Path folder) {
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

package pipeline.launcher.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A log file that is rotated at each start and when it reaches its size limit: {@code name.log} becomes {@code name.log.1},
 * {@code name.log.1} becomes {@code name.log.2}, and the oldest is deleted. Each line is flushed at once.
 */
public final class RotatingLog implements AutoCloseable {
    private static final long LIMIT_BYTES = 20L << 20;
    private static final int KEPT = 4;

    private final Path file;
    private final long limitBytes;
    private BufferedWriter writer;
    private long bytes;

    public static RotatingLog open(Path file) throws IOException {
        return new RotatingLog(file, LIMIT_BYTES);
    }

    RotatingLog(Path file, long limitBytes) throws IOException {
        this.file = file;
        this.limitBytes = limitBytes;
        rotate();
    }

    public void write(String line) throws IOException {
        if (bytes >= limitBytes) {
            writer.close();
            rotate();
        }
        writer.write(line);
        writer.write('\n');
        writer.flush();
        bytes += line.length() + 1L;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private void rotate() throws IOException {
        for (int n = KEPT; n > 0; n--) {
            Path newer = n == 1 ? file : numbered(n - 1);
            if (Files.exists(newer)) {
                Files.move(newer, numbered(n), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        writer = Files.newBufferedWriter(file);
        bytes = 0;
    }

    private Path numbered(int n) {
        return file.resolveSibling(file.getFileName() + "." + n);
    }
}

package pipeline.endtoend.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The wall clock of some processes, which a test can set while they run. The clock of the machine stays as it is. */
public final class WallClock {
    private final Path library;
    private final Path file;
    private long seconds;

    private WallClock(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** Skips the test where there is no C compiler. */
    public static WallClock inFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path source = folder.resolve("set_clock.c");
        Path library = folder.resolve("set_clock.so");
        try (InputStream content = WallClock.class.getResourceAsStream("set_clock.c")) {
            Files.copy(content, source);
        }
        try {
            List<String> command =
                    List.of("cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl");
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (IOException e) {
            abort("SKIPPED: setting a process's clock needs a C compiler: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        WallClock clock = new WallClock(library, folder.resolve("seconds"));
        clock.set(Duration.ZERO);
        return clock;
    }

    /** Returns the variables with which a process has this clock. */
    public Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_FILE", file.toString());
    }

    /** @param by negative to set it back */
    public void set(Duration by) throws IOException {
        seconds += by.toSeconds();
        ByteBuffer content =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, seconds);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(content, 0);
        }
    }
}

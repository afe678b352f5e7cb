package pipeline.endtoend.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The wall clock of some processes, which a test can set while they run. The clock of the machine stays as it is. */
public final class WallClock {
    private final PreloadedLibrary library;
    private final Path file;
    private long seconds;

    private WallClock(PreloadedLibrary library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** Skips the test where there is no C compiler. */
    public static WallClock inFolder(Path folder) throws IOException {
        WallClock clock = new WallClock(PreloadedLibrary.compile("set_clock", folder), folder.resolve("seconds"));
        clock.set(Duration.ZERO);
        return clock;
    }

    /** Returns the variables with which a process has this clock. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(library.environment());
        environment.put("CLOCK_FILE", file.toString());
        return environment;
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

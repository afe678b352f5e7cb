package pipeline.launcher.components;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The counts that the producer writes into a file when it ends. */
public record ProducerTotals(long sent, long acked, long failed, long skipped) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns nothing as long as the file does not exist. */
    public static Optional<ProducerTotals> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), ProducerTotals.class)) : Optional.empty();
    }
}

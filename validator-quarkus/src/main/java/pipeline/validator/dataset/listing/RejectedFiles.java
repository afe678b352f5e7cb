package pipeline.validator.dataset.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** The files of events that were rejected: JSON lines, each with where in Kafka the event is. */
public final class RejectedFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Storage storage;

    /** @param storage the tree of rejected events, which has a folder for each run */
    public RejectedFiles(Storage storage) {
        this.storage = storage;
    }

    public interface Offsets {
        void add(int partition, long offset);
    }

    /** Calls for each event of one file. */
    public void forEach(String path, Offsets offsets) throws UnreadableFileException {
        try {
            String text = new String(storage.read(path), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                if (!line.isBlank()) {
                    JsonNode event = JSON.readTree(line);
                    offsets.add(
                            event.required("partition").intValue(),
                            event.required("offset").longValue());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableFileException(storage.describe(path) + ": " + e.getMessage(), e);
        }
    }
}

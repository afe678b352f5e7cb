package pipeline.validator.dataset.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * The files of rejected events: JSON lines, each with the partition and offset of its event.
 *
 * @param storage the tree of rejected events, with one folder per run
 */
public record RejectedFiles(Storage storage) {
    private static final ObjectMapper JSON = new ObjectMapper();

    interface Offsets {
        void add(int partition, long offset);
    }

    void forEach(String path, Offsets action) throws UnreadableFileException {
        try {
            String text = new String(storage.read(path), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                if (!line.isBlank()) {
                    JsonNode event = JSON.readTree(line);
                    action.add(
                            event.required("partition").intValue(),
                            event.required("offset").longValue());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableFileException(storage.describe(path) + ": " + e.getMessage(), e);
        }
    }
}

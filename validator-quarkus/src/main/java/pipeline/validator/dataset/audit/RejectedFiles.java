package pipeline.validator.dataset.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * The files of rejected events: JSON lines, each with the partition and offset of its event.
 *
 * @param storage the tree of rejected events, with one folder per run
 */
public record RejectedFiles(Storage storage) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One rejected event, and why the job rejected it. */
    public record RejectedEvent(int partition, long offset, String reason) {}

    void forEach(String path, Consumer<RejectedEvent> action) throws UnreadableFileException {
        try {
            String text = new String(storage.read(path), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                if (!line.isBlank()) {
                    JsonNode event = JSON.readTree(line);
                    action.accept(new RejectedEvent(
                            event.required("partition").intValue(),
                            event.required("offset").longValue(),
                            event.path("reason").asText()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableFileException(storage.describe(path) + ": " + e.getMessage(), e);
        }
    }
}

package pipeline.validator.dataset.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.ObjLongConsumer;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * The files of rejected events: JSON lines, each with the partition and offset of its event.
 *
 * @param storage the tree of rejected events, with one folder per run
 */
public record RejectedFiles(Storage storage) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void forEach(String path, ObjLongConsumer<Integer> action) throws UnreadableFileException {
        try {
            String text = new String(storage.read(path), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                if (!line.isBlank()) {
                    JsonNode event = JSON.readTree(line);
                    action.accept(
                            event.required("partition").intValue(),
                            event.required("offset").longValue());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableFileException(storage.describe(path) + ": " + e.getMessage(), e);
        }
    }
}

package pipeline.validator.dataset.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Predicate;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * The files of rejected events: JSON lines, each with the partition and offset of its event. They are read without holding more
 * than one event, whose payload is skipped.
 *
 * @param storage the tree of rejected events, with one folder per run
 */
public record RejectedFiles(Storage storage) {
    private static final JsonFactory JSON = new JsonFactory();

    /** One rejected event, and why the job rejected it. */
    public record RejectedEvent(int partition, long offset, String reason) {}

    /** @param action returns whether it wants another event */
    void forEach(String path, Predicate<RejectedEvent> action) throws UnreadableFileException {
        try (SeekableByteChannel file = storage.open(path);
                JsonParser json = JSON.createParser(Channels.newInputStream(file))) {
            boolean wantsMore = true;
            while (wantsMore && json.nextToken() != null) {
                wantsMore = action.test(event(json));
            }
        } catch (IOException e) {
            throw new UnreadableFileException(storage.describe(path) + ": " + e.getMessage(), e);
        }
    }

    private static RejectedEvent event(JsonParser json) throws IOException {
        Integer partition = null;
        Long offset = null;
        String reason = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "partition" -> partition = json.getIntValue();
                case "offset" -> offset = json.getLongValue();
                case "reason" -> reason = json.getText();
                default -> json.skipChildren();
            }
        }
        if (partition == null || offset == null) {
            throw new IOException("an event has no partition or no offset, at "
                    + json.currentLocation().offsetDescription());
        }
        return new RejectedEvent(partition, offset, reason);
    }
}

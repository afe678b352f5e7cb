package pipeline.events.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** A rejected event and why the job rejected it: one line of a file of rejected events. */
public record RejectedEvent(int partition, long offset, String reason) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Passes on the events of a file one at a time, without their payloads, and closes the file.
     *
     * @param action returns whether it wants another event
     */
    public static void forEach(InputStream file, Predicate<RejectedEvent> action) throws IOException {
        try (JsonParser json = JSON.createParser(file)) {
            boolean wantsMore = true;
            while (wantsMore && json.nextToken() != null) {
                wantsMore = action.test(event(json));
            }
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

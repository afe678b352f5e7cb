package pipeline.validator.dataset.audit;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Predicate;
import pipeline.events.output.RejectedEvent;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * The files of rejected events.
 *
 * @param storage the tree of rejected events, with one folder per run
 */
public record RejectedFiles(Storage storage) {

    /** @param action returns whether it wants another event */
    void forEach(String path, Predicate<RejectedEvent> action) throws UnreadableFileException {
        try (SeekableByteChannel file = storage.open(path)) {
            RejectedEvent.forEach(Channels.newInputStream(file), action);
        } catch (IOException e) {
            throw new UnreadableFileException(storage.describe(path) + ": " + e.getMessage(), e);
        }
    }
}

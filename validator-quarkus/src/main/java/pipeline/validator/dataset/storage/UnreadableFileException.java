package pipeline.validator.dataset.storage;

import java.io.IOException;

/** A data file cannot be read. The message is the reason, in one line, without the file's name. */
public final class UnreadableFileException extends IOException {
    public UnreadableFileException(String reason) {
        super(reason);
    }

    public UnreadableFileException(String reason, Throwable cause) {
        super(reason, cause);
    }
}

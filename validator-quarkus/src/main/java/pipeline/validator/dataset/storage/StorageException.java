package pipeline.validator.dataset.storage;

/** The storage cannot be reached, so nothing is known about the data. The message is one line, for people. */
public final class StorageException extends RuntimeException {
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}

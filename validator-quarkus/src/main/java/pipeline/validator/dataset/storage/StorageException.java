package pipeline.validator.dataset.storage;

/** The storage can't be reached, so nothing can be said about the data. The message is one line, for people. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}

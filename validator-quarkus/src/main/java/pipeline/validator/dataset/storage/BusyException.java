package pipeline.validator.dataset.storage;

/** Too many others wait for the same kind of work. The message is one line, for people. */
public final class BusyException extends RuntimeException {
    public BusyException(String message) {
        super(message);
    }
}

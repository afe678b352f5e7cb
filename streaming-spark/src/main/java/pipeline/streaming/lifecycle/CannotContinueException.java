package pipeline.streaming.lifecycle;

/** A person has to decide before the job may continue. The message says what is wrong, where, and what to do about it. */
public class CannotContinueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CannotContinueException(String message) {
        super(message);
    }
}

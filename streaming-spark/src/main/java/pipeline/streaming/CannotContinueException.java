package pipeline.streaming;

/** The job must not go on by itself. The message is for people: what is wrong, where, and what to do about it. */
final class CannotContinueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotContinueException(String message) {
        super(message);
    }
}

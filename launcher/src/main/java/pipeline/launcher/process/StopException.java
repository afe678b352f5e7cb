package pipeline.launcher.process;

/** The launch cannot or must not continue; all running components have to be stopped. */
public final class StopException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private StopException(String message) {
        super(message, null, false, false);
    }

    /** Stops because of a signal: nothing has failed, and there is nothing to report. */
    static StopException requested() {
        return new StopException("");
    }

    /** @param reason for the user */
    public static StopException because(String reason) {
        return new StopException(reason);
    }

    public boolean isFailure() {
        return !getMessage().isEmpty();
    }
}

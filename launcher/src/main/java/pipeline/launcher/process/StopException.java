package pipeline.launcher.process;

/** The launch cannot or must not continue; all running components have to be stopped. */
public final class StopException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param reason for the user; empty if a signal asked to stop, so that nothing has failed */
    public StopException(String reason) {
        super(reason);
    }

    public boolean isFailure() {
        return !getMessage().isEmpty();
    }
}

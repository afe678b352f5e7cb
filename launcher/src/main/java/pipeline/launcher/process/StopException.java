package pipeline.launcher.process;

import java.util.List;

/** The run can't or shall not go on; the parts that run are to be stopped. */
public final class StopException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private StopException(String message) {
        super(message, null, false, false);
    }

    /** By a signal: nothing has gone wrong, and there is nothing to say. */
    static StopException asked() {
        return new StopException("");
    }

    /** @param reason what to tell the user */
    public static StopException because(String reason) {
        return new StopException(reason);
    }

    /** @param part whose last lines tell why */
    static StopException because(String reason, ChildProcess part) {
        List<String> lines = part.lastLines();
        return new StopException(
                reason + (lines.isEmpty() ? "" : "; its last lines:\n  " + String.join("\n  ", lines)));
    }

    public boolean isFailure() {
        return !getMessage().isEmpty();
    }
}

package pipeline.launcher.setup;

/** The machine is not ready, for example a port is in use: exit code 1, with one line for each reason. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartException(String lines) {
        super(lines);
    }
}

package pipeline.launcher.setup;

/** Options or settings are not allowed: exit code 2, with one line for each of them. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String lines) {
        super(lines);
    }
}

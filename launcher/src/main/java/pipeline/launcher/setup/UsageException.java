package pipeline.launcher.setup;

import java.util.List;

/** Options or settings are not allowed: exit code 2, with one line for each of them. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String line) {
        super(line);
    }

    public UsageException(List<String> lines) {
        this(String.join("\n", lines));
    }
}

package pipeline.launcher.setup;

import java.util.List;

/** Options or settings that are not allowed: exit code 2, and one line for each. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String line) {
        super(line);
    }

    public UsageException(List<String> lines) {
        super(String.join("\n", lines));
    }
}

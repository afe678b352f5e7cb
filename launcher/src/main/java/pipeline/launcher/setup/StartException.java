package pipeline.launcher.setup;

import java.util.List;

/** The machine isn't ready for what was asked, such as a port that is in use: exit code 1, and one line for each reason. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartException(String line) {
        super(line);
    }

    public StartException(List<String> lines) {
        super(String.join("\n", lines));
    }
}

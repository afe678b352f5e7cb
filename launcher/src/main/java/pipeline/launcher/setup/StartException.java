package pipeline.launcher.setup;

import java.util.List;

/** The machine is not ready, for example a port is in use: exit code 1, with one line for each reason. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartException(String line) {
        super(line);
    }

    public StartException(List<String> lines) {
        this(String.join("\n", lines));
    }
}

package pipeline.launcher;

import java.nio.file.Path;
import java.util.List;

/** Stands in for the launcher: prints how it was started. */
public final class StubLauncher {
    private StubLauncher() {}

    public static void main(String[] args) {
        System.out.println("launched in " + Path.of("").toAbsolutePath().getFileName() + " with " + List.of(args)
                + ", terminal " + System.getProperty("pipeline.terminal"));
        System.exit(7);
    }
}

package pipeline.endtoend.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The repository whose modules the build has just packaged. */
public final class Repository {
    public static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    /** Starts the whole pipeline. */
    public static final Path SCRIPT = ROOT.resolve("pipeline");

    private Repository() {}

    /** Tells {@code ./pipeline} that all modules are up to date; otherwise it would start a build within this build. */
    public static void markAsBuilt() throws IOException {
        for (String module : List.of("producer-quarkus", "streaming-spark", "validator-quarkus", "launcher")) {
            Path marker = ROOT.resolve(module).resolve("target/.built");
            Files.deleteIfExists(marker);
            Files.createFile(marker);
        }
    }
}

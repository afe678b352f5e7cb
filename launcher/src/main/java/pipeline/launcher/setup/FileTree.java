package pipeline.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/** A folder with everything in it. */
public final class FileTree {
    private FileTree() {}

    /** Deletes a folder if it exists. Links in it are deleted, but not followed. */
    public static void delete(Path root) throws IOException {
        Utils.delete(root.toFile());
    }

    /** Leaves an empty folder, whether or not there was one. */
    public static void clear(Path root) throws IOException {
        delete(root);
        Files.createDirectories(root);
    }
}

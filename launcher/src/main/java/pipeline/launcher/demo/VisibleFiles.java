package pipeline.launcher.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import pipeline.events.output.OutputTree;

/**
 * The Parquet files that a reader finds in the folders {@code id=…} of one folder.
 *
 * @param folder may not exist yet
 */
record VisibleFiles(Path folder) {

    /** Returns the files that are not empty: Spark's sink creates a file long before it writes the first byte. */
    Set<Path> list() throws IOException {
        Set<Path> found = new HashSet<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> ids = Files.newDirectoryStream(folder, OutputTree.ID_PREFIX + "*")) {
                for (Path id : ids) {
                    addFiles(id, found);
                }
            }
        }
        return found;
    }

    private static void addFiles(Path id, Set<Path> found) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(id, "*" + OutputTree.PARQUET_SUFFIX)) {
            for (Path file : files) {
                if (file.toFile().length() > 0) {
                    found.add(file);
                }
            }
        }
    }
}

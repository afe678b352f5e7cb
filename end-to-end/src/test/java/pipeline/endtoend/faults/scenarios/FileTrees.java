package pipeline.endtoend.faults.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import pipeline.launcher.setup.FileTree;

/** What people and disks do to a folder. */
final class FileTrees {
    private FileTrees() {}

    static List<Path> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Copies a tree to a folder that does not exist yet. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    static void replace(Path folder, Path copy) throws IOException {
        FileTree.delete(folder);
        copy(copy, folder);
    }

    static void overwriteEachFile(Path root, byte[] content) throws IOException {
        for (Path file : files(root)) {
            Files.write(file, content);
        }
    }

    /** Cuts off the second half of a file. */
    static void truncate(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length / 2));
    }
}

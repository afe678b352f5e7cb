package pipeline.endtoend.faults.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What hands and disks do to a folder. */
final class FileTrees {
    private FileTrees() {}

    static List<Path> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Copies into a folder that is not there yet. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    static void replace(Path folder, Path copy) throws IOException {
        delete(folder);
        copy(copy, folder);
    }

    static void overwriteEachFile(Path root, byte[] content) throws IOException {
        for (Path file : files(root)) {
            Files.write(file, content);
        }
    }

    /** Cuts a file off in the middle. */
    static void truncate(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
    }
}

package pipeline.endtoend.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Copies of a broker's data, as a backup makes them. */
public record BrokerFolder(Path data) {

    public static BrokerFolder of(SystemUnderTest system) {
        return new BrokerFolder(system.root().resolve("kafka/data"));
    }

    /** Copies everything; files that a running broker deletes meanwhile are left out. */
    public void copyTo(Path copy) throws IOException {
        copy(data, copy);
    }

    /** Replaces everything by a copy. The broker must not be running. */
    public void restore(Path copy) throws IOException {
        delete(data);
        copy(copy, data);
    }

    /** Replaces one partition of a topic by that of a copy. The broker must not be running. */
    public void restore(Path copy, String topic, int partition) throws IOException {
        String folder = topic + "-" + partition;
        delete(data.resolve(folder));
        copy(copy.resolve(folder), data.resolve(folder));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                try {
                    if (Files.isDirectory(path)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(path, target);
                    }
                } catch (NoSuchFileException e) {
                    // The broker has just deleted it.
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

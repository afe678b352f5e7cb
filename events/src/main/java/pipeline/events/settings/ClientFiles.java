package pipeline.events.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The files that client settings name: without them a client fails only when it is made, with a less clear message. */
final class ClientFiles {
    private static final Set<String> KEYS = Set.of("ssl.truststore.location", "ssl.keystore.location");

    private ClientFiles() {}

    /** Returns what is wrong with the file that the setting names, if it names one. */
    static Optional<String> problem(String key, String value) {
        String name = value.strip();
        if (!KEYS.contains(key) || name.isEmpty()) {
            return Optional.empty();
        }
        Path file;
        try {
            file = Path.of(name);
        } catch (InvalidPathException e) {
            return Optional.of(key + " is not a path");
        }
        if (!file.isAbsolute()) {
            return Optional.of(
                    key + " must be an absolute path, since the parts run in different folders; it is " + name);
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of(key + " names " + name + ", and there is no such file");
        }
        return Files.isReadable(file)
                ? Optional.empty()
                : Optional.of(key + " names " + name + ", which may not be read");
    }
}

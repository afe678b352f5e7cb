package pipeline.endtoend.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A library that replaces functions of the system in some processes, compiled from C.
 *
 * @param file the library
 */
public record PreloadedLibrary(Path file) {
    /**
     * Compiles the source of that name into a folder, which is created. Skips the test where there is no C compiler.
     *
     * @param name of the file in this package, without {@code .c}
     */
    public static PreloadedLibrary compile(String name, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path source = folder.resolve(name + ".c");
        Path library = folder.resolve(name + ".so");
        try (InputStream content = PreloadedLibrary.class.getResourceAsStream(name + ".c")) {
            Files.copy(content, source);
        }
        try {
            List<String> command =
                    List.of("cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl");
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (IOException e) {
            abort("SKIPPED: replacing functions of the system needs a C compiler: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new PreloadedLibrary(library);
    }

    /** Returns the variable with which a process loads it. */
    public Map<String, String> environment() {
        return Map.of("LD_PRELOAD", file.toString());
    }
}

package pipeline.launcher.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Components that are small shell scripts. */
final class ShellSpecs {
    static final String MARK = "I am ready";

    private ShellSpecs() {}

    static ProcessSpec script(String name, String script) {
        return script(name, script, false);
    }

    static ProcessSpec script(String name, String script, boolean mayEnd) {
        return new ProcessSpec(
                name,
                List.of("/bin/sh", "-c", script),
                Map.of("PATH", System.getenv("PATH"), "GREETING", "hello"),
                Path.of("."),
                line -> !line.startsWith("debug"),
                MARK,
                mayEnd);
    }
}

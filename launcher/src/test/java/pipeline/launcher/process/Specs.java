package pipeline.launcher.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Parts that are small shell scripts. */
final class Specs {
    static final String MARK = "I am ready";

    private Specs() {}

    static PartSpec script(String name, String script) {
        return script(name, script, false);
    }

    static PartSpec script(String name, String script, boolean mayEnd) {
        return new PartSpec(
                name,
                List.of("/bin/sh", "-c", script),
                Map.of("PATH", System.getenv("PATH"), "GREETING", "hello"),
                Path.of("."),
                line -> !line.startsWith("debug"),
                MARK,
                mayEnd);
    }
}

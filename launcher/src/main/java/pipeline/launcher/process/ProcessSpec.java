package pipeline.launcher.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How to run a component.
 *
 * @param environment the whole environment; the launcher's own is not added
 * @param folder the working directory
 * @param shown which output lines are shown on the console; the log contains all of them
 * @param mark text that marks the line to wait for; {@link ChildProcess#markedLine} returns that line
 * @param mayEnd whether exit code 0 is expected
 */
public record ProcessSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Predicate<String> shown,
        String mark,
        boolean mayEnd) {

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Returns a copy that shows none of its output on the console. */
    public ProcessSpec quiet() {
        return new ProcessSpec(name, command, environment, folder, line -> false, mark, mayEnd);
    }
}

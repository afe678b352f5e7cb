package pipeline.launcher.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How to run a part.
 *
 * @param environment all of it; the launcher's own isn't added
 * @param folder the working directory
 * @param shown which of its lines are for the console; its log has all of them
 * @param mark text of the line that tells how far it is; {@link ChildProcess#markedLine} returns the line
 * @param mayEnd whether an end with exit code 0 is as it should be
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

    /** Returns the same part, with none of its lines on the console. */
    public ProcessSpec quiet() {
        return new ProcessSpec(name, command, environment, folder, line -> false, mark, mayEnd);
    }
}

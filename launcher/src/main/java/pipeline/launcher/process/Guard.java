package pipeline.launcher.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Stops the components if the launcher is killed. It is a shell that reads their process ids from a pipe. When the pipe
 * breaks, it sends SIGTERM to each component, and SIGKILL after 8 seconds to those that are still running.
 */
public record Guard(Process shell) implements AutoCloseable {
    /** Reads {@code +pid} when a component has started and {@code -pid} when it has ended. */
    private static final String SCRIPT =
            """
            trap '' INT HUP TERM
            pids=' '
            while read -r line; do
                pid=${line#?}
                case $line in
                +*) pids="$pids$pid " ;;
                -*) pids="${pids%% $pid *} ${pids#* $pid }" ;;
                esac
            done
            for pid in $pids; do kill -TERM "$pid"; done
            for second in 1 2 3 4 5 6 7 8; do
                left=
                for pid in $pids; do if kill -0 "$pid"; then left=yes; fi; done
                if [ -z "$left" ]; then exit; fi
                sleep 1
            done
            for pid in $pids; do kill -KILL "$pid"; done
            """;

    public static Guard start() throws IOException {
        return new Guard(new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start());
    }

    public long pid() {
        return shell.pid();
    }

    void watch(long pid) throws IOException {
        write("+" + pid);
    }

    /** The system may give the id of an ended process to a new one. */
    void forget(long pid) throws IOException {
        write("-" + pid);
    }

    private void write(String line) throws IOException {
        shell.outputWriter().write(line + "\n");
        shell.outputWriter().flush();
    }

    /** Ends the guard itself, once all components have been stopped. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}

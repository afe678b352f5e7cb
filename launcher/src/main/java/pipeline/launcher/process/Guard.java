package pipeline.launcher.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * Ends the parts when the launcher is killed and can't: a shell that reads the parts' process ids from a pipe, and when
 * the pipe breaks asks each part to end, and kills after 8 seconds what is left.
 */
public final class Guard implements AutoCloseable {
    /** Lines are {@code +pid} for a part that has started and {@code -pid} for one that has ended. */
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

    private final Process shell;
    private final OutputStream pids;

    private Guard(Process shell) {
        this.shell = shell;
        this.pids = shell.getOutputStream();
    }

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

    /** Another process may get the id of one that has ended. */
    void forget(long pid) throws IOException {
        write("-" + pid);
    }

    private void write(String line) throws IOException {
        pids.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        pids.flush();
    }

    /** Does what the end of the launcher does. */
    void loseLauncher() throws IOException {
        pids.close();
    }

    /** Ends the guard itself, once no part is left. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}

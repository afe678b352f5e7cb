package pipeline.launcher.process;

import java.io.IOException;

/** Sends signals as a terminal or another program does. */
public final class Signals {
    private Signals() {}

    /** @param pid of a process; a negative one stands for its group */
    public static void send(String signal, long pid) throws IOException {
        try {
            int exitCode = new ProcessBuilder("/bin/kill", "-" + signal, "--", Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IOException("kill -" + signal + " " + pid + " ended with " + exitCode);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

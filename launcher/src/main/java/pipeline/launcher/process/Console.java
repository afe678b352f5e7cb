package pipeline.launcher.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * What the user sees: lines prefixed with the name of their component, and on a terminal one status line that stays at the
 * bottom. Lines of several threads never mix. No method waits for a reader, except {@link #error} and
 * {@link #flush}, for some seconds.
 */
public final class Console {
    /** The prefix of the launcher's own lines. */
    private static final String PIPELINE = "pipeline";

    private static final Map<String, String> COLOURS =
            Map.of("broker", "35", "producer", "33", "job", "36", "validator", "32", "airflow", "34", PIPELINE, "1");
    private static final String CLEAR_LINE = "\r\033[2K";
    /** Turns wrapping off: a line that is too wide is cut off, and remains one line that can be redrawn. */
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(3);

    private final ConsoleWriter writer;
    private final ConsoleWriter errorWriter;
    private final boolean terminal;
    private final boolean coloured;
    private String status = "";

    Console(PrintStream out, PrintStream errors, boolean terminal, boolean coloured) {
        this.terminal = terminal;
        this.coloured = coloured;
        this.writer = new ConsoleWriter(out, this::note);
        this.errorWriter = new ConsoleWriter(errors, leftOut -> "");
    }

    /** @param terminal whether standard output is a terminal, as determined by the start script */
    public static Console standardOutput(boolean terminal, Map<String, String> environment) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        return new Console(out, System.err, isCapable(terminal, environment), isColoured(terminal, environment));
    }

    private static boolean isCapable(boolean terminal, Map<String, String> environment) {
        return terminal && !"dumb".equals(environment.get("TERM"));
    }

    /** @see <a href="https://no-color.org">NO_COLOR</a> */
    static boolean isColoured(boolean terminal, Map<String, String> environment) {
        return isCapable(terminal, environment)
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    public boolean isTerminal() {
        return terminal;
    }

    public synchronized void line(String name, String text) {
        writer.line((status.isEmpty() ? "" : CLEAR_LINE) + prefix(name) + text + '\n' + drawn(status));
    }

    public void say(String text) {
        line(PIPELINE, text);
    }

    /** Replaces the status line at the bottom of a terminal; prints a line if there is no terminal. */
    public synchronized void status(String text) {
        if (terminal) {
            status = text;
            writer.status(CLEAR_LINE + drawn(text));
        } else {
            line(PIPELINE, text);
        }
    }

    public synchronized void clearStatus() {
        if (!status.isEmpty()) {
            status = "";
            writer.status(CLEAR_LINE);
        }
    }

    /** Writes a line to standard error, without a prefix, after the lines so far: both may be one terminal or file. */
    public void error(String text) {
        flush();
        errorWriter.line(text + '\n');
        errorWriter.flush(FLUSH_LIMIT);
    }

    /** Returns whether the reader of the output is gone, as after {@code | head}. */
    public boolean isBroken() {
        return writer.isBroken();
    }

    /** Waits until everything is written. To be called before the process ends, which loses the rest. */
    public void flush() {
        writer.flush(FLUSH_LIMIT);
    }

    private String note(long leftOut) {
        return (terminal ? CLEAR_LINE : "") + prefix(PIPELINE) + "lines left out because nobody read them: " + leftOut
                + "; those of the components are in their logs\n";
    }

    private String prefix(String name) {
        String padded = "%-9s | ".formatted(name);
        return coloured && COLOURS.containsKey(name) ? "\033[" + COLOURS.get(name) + "m" + padded + "\033[0m" : padded;
    }

    private static String drawn(String status) {
        return status.isEmpty() ? "" : NO_WRAP + status + WRAP;
    }
}

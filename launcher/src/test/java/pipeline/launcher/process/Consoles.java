package pipeline.launcher.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** A console whose output a test reads. */
public final class Consoles {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Console plain() {
        return console(false, false);
    }

    Console console(boolean terminal, boolean coloured) {
        return new Console(new PrintStream(out, false, UTF_8), terminal, coloured);
    }

    public String text() {
        return out.toString(UTF_8);
    }
}

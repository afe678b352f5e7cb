package pipeline.launcher.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Consoles whose output and errors a test reads, in one stream. */
public final class Consoles {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Console> consoles = new ArrayList<>();

    public Console plain() {
        return console(false, false);
    }

    Console console(boolean terminal, boolean coloured) {
        PrintStream stream = new PrintStream(out, false, UTF_8);
        Console console = new Console(stream, stream, terminal, coloured);
        consoles.add(console);
        return console;
    }

    public String text() {
        consoles.forEach(Console::flush);
        return out.toString(UTF_8);
    }
}

package pipeline.launcher.setup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Set;

/** Asks before something is deleted. */
public final class Confirmation {
    private static final Set<String> YES = Set.of("y", "Y", "yes", "Yes", "YES");

    private Confirmation() {}

    /** @throws StartException unless the answer is yes */
    public static void require(String question, InputStream in, PrintStream out) throws IOException {
        out.print(question + " [y/N] ");
        out.flush();
        String answer = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset())).readLine();
        if (answer == null) {
            out.println();
            throw new StartException("nobody answered, so nothing was deleted; add --yes to delete without a question");
        }
        if (!YES.contains(answer.strip())) {
            throw new StartException("nothing was deleted and nothing started");
        }
    }
}

package pipeline.launcher.setup;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Scanner;
import java.util.Set;

/** Asks before something is deleted. */
public final class Confirmation {
    private static final Set<String> YES = Set.of("y", "Y", "yes", "Yes", "YES");

    private Confirmation() {}

    /** @throws StartException unless the answer is yes */
    public static void require(String question, InputStream in, PrintStream out) {
        out.print(question + " [y/N] ");
        out.flush();
        Scanner answer = new Scanner(in);
        if (!answer.hasNextLine()) {
            out.println();
            throw new StartException("nobody answered, so nothing was deleted; add --yes to delete without a question");
        }
        if (!YES.contains(answer.nextLine().strip())) {
            throw new StartException("nothing was deleted and nothing started");
        }
    }
}

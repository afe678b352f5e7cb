package pipeline.endtoend.faults;

import java.io.IOException;
import java.util.Set;

/** A reader that looks on while the faults happen. */
interface Observer {

    void poll() throws IOException;

    /** Returns what no reader should ever have seen. */
    Set<String> complaints();

    /** Returns in one line how much it has seen. */
    String summary();
}

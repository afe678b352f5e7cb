package pipeline.endtoend.faults;

import java.io.IOException;
import java.util.Set;

/** A reader that runs while the faults happen. */
public interface Observer {

    void poll() throws IOException;

    /** Returns observations that no reader should ever make. */
    Set<String> complaints();

    /** Returns a summary in one line. */
    String summary();
}

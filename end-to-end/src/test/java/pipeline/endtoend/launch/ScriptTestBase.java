package pipeline.endtoend.launch;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.Repository;

/** What the tests of {@code ./pipeline} share: the script is ready to start, and each test has a folder. */
abstract class ScriptTestBase {
    @TempDir
    Path temp;

    @BeforeAll
    static void prepareScript(@TempDir Path shared) throws IOException {
        Repository.prepareScript(shared);
    }
}

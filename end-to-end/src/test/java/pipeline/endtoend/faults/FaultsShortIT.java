package pipeline.endtoend.faults;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shorter version of {@link FaultsIT}: the job dies after each step once, and once at a random moment. */
@Tag("slow")
class FaultsShortIT {

    @Test
    @Timeout(600)
    void neitherLosesNorDuplicatesEventsWhenComponentsAreKilled(@TempDir Path folder) throws IOException {
        new FaultRun(folder, FaultSchedule.of(35, 1, 1), 5_000, 5, 200, System.out::println).run();
    }
}

package pipeline.endtoend.faults;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short part of {@link FaultsIT}, for every build. */
class FaultsShortIT {

    @Test
    @Timeout(600)
    void losesAndDoublesNothingWhenPartsAreKilled(@TempDir Path folder) throws IOException {
        new FaultRun(folder, FaultSchedule.of(35, 1, 1), 5_000, 5, 200, System.out::println).run();
    }
}

package pipeline.local.faults;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of it: {@code ./mvnw verify -Pfaults}. The system properties {@code faults.seed} and
 * {@code faults.kills} set another schedule, {@code faults.events} another amount.
 */
@Tag("faults")
class FaultsIT {

    @Test
    void losesAndDoublesNothingWhenPartsAreKilledAtRandomAndAtEachStep(@TempDir Path folder) throws IOException {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        int kills = Integer.getInteger("faults.kills", 33);
        int hitsPerStep = 3;
        Schedule schedule = Schedule.of(seed, hitsPerStep, kills - hitsPerStep * Schedule.STEPS.size());
        new FaultSuite(folder, schedule, Long.getLong("faults.events", 100_000), 30, 250, System.out::println).run();
    }
}

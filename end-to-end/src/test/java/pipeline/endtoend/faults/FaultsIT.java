package pipeline.endtoend.faults;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The full fault run: {@code ./mvnw verify -Pfaults}. The system properties {@code faults.seed} and {@code faults.kills}
 * change the schedule; {@code faults.events} and {@code faults.rate} (events per second) change the stream.
 */
@Tag("faults")
class FaultsIT {

    @Test
    void neitherLosesNorDuplicatesEventsWhenComponentsAreKilledAtRandomAndAfterEachStep(@TempDir Path folder)
            throws IOException {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        int kills = Integer.getInteger("faults.kills", 33);
        int hitsPerStep = 3;
        FaultSchedule schedule = FaultSchedule.of(seed, hitsPerStep, kills - hitsPerStep * FaultSchedule.STEPS.size());
        long events = Long.getLong("faults.events", 100_000);
        int rate = Integer.getInteger("faults.rate", 250);
        new FaultRun(folder, schedule, events, 30, rate, System.out::println).run();
    }
}

package pipeline.endtoend.schema;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.FaultRun;
import pipeline.endtoend.faults.FaultSchedule;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.settings.Settings;

/**
 * The full fault run with orders, whose schema grows after each tenth kill. {@code faults.seed}, {@code faults.kills},
 * {@code faults.events} and {@code faults.rate} change it, as they do the one of built-in events.
 */
@Tag("long")
class OrdersFaultsIT {

    @Test
    void neitherLosesNorDuplicatesOrdersWhenComponentsAreKilledAndTheSchemaGrows(@TempDir Path folder)
            throws IOException {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        int kills = Integer.getInteger("faults.kills", 30);
        int hitsPerStep = 2;
        FaultSchedule schedule = FaultSchedule.withoutValidator(
                seed, FaultSchedule.steps(hitsPerStep), kills - hitsPerStep * FaultSchedule.STEPS.size());
        long events = Long.getLong("faults.events", 100_000);
        Path file = folder.resolve("orders.schema.json");
        Map<String, String> settings = new HashMap<>(FaultRun.rate(Integer.getInteger("faults.rate", 250)));
        settings.put(Settings.EVENT_SCHEMA_FILE.name(), file.toString());
        OrderWorkload orders = new OrderWorkload(file, 10);

        new FaultRun(new SystemUnderTest(folder, settings), orders, schedule, events, 30, System.out::println).run();
    }
}

package pipeline.endtoend.faults.scenarios;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.SystemUnderTest;

/**
 * Faults that each need their own setup: what the job does and logs, and whether the output is right. They run on one
 * broker, each with its own topic and folder. Each compares what it has seen with
 * its row of {@code docs/faults.md}: {@link Fault}.
 */
abstract class Scenarios {
    @TempDir
    static Path folder;

    static SystemUnderTest system;

    @BeforeAll
    static void startBroker() throws IOException {
        system = new SystemUnderTest(folder, Map.of());
        system.startBroker();
    }

    @AfterAll
    static void stopBroker() {
        system.close();
    }

    static Scenario scenario(String name) throws IOException {
        Scenario scenario = new Scenario(system.beside("scenario-" + name, Map.of()));
        scenario.system().createTopic();
        return scenario;
    }

    /** Returns a scenario whose job has published events and was then killed. */
    static Scenario scenarioAtRest(String name) throws IOException {
        Scenario scenario = scenario(name);
        scenario.startJob();
        scenario.publish();
        scenario.job().kill();
        return scenario;
    }
}

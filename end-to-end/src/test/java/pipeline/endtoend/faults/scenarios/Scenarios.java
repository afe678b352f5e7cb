package pipeline.endtoend.faults.scenarios;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.SystemUnderTest;

/**
 * Faults that need a scene of their own: what the job makes of each, word for word, and whether the output is right. They
 * run on one broker, each with its own topic and folder. Together they write the table of {@code docs/faults.md} to
 * {@code target/faults.md}.
 */
abstract class Scenarios {
    /** One table over all classes of scenes, as one JVM runs them. */
    static final FaultTable TABLE = new FaultTable();

    @TempDir
    static Path folder;

    static SystemUnderTest system;

    @BeforeAll
    static void startBroker() throws IOException {
        system = new SystemUnderTest(folder, Map.of());
        system.startBroker();
    }

    @AfterAll
    static void writeTable() throws IOException {
        system.close();
        TABLE.write(Path.of("target/faults.md"));
    }

    static Scenario scenario(String name) throws IOException {
        Scenario scenario = new Scenario(system.beside("scenario-" + name, Map.of()));
        scenario.system().createTopic();
        return scenario;
    }

    /** A scenario with events published and its job killed. */
    static Scenario scenarioAtRest(String name) throws IOException {
        Scenario scenario = scenario(name);
        scenario.startJob();
        scenario.publish();
        scenario.job().kill();
        return scenario;
    }
}

package pipeline.launcher.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults that need a scene of their own: what the job makes of each, word for word, and whether the output is right. They
 * run on one broker, each with its own topic and folder. Together they write the table of {@code docs/faults.md} to
 * {@code target/faults.md}.
 */
abstract class Scenes {
    /** One table over all classes of scenes, as one JVM runs them. */
    static final FaultTable TABLE = new FaultTable();

    @TempDir
    static Path folder;

    static Bench bench;

    @BeforeAll
    static void startBroker() throws IOException {
        bench = new Bench(folder, Map.of());
        bench.startBroker();
    }

    @AfterAll
    static void writeTable() throws IOException {
        bench.close();
        TABLE.write(Path.of("target/faults.md"));
    }

    static Stage stage(String name) throws IOException {
        Stage stage = new Stage(bench.beside("scenario-" + name, Map.of()));
        stage.bench().createTopic();
        return stage;
    }

    /** A stage with events published and its job killed. */
    static Stage stageAtRest(String name) throws IOException {
        Stage stage = stage(name);
        stage.startJob();
        stage.publish();
        stage.job().kill();
        return stage;
    }
}

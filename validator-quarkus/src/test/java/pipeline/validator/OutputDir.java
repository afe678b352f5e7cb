package pipeline.validator;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import pipeline.events.settings.Settings;
import pipeline.validator.dataset.SeenRuns;

/** Gives the application under test an OUTPUT_DIR of its own, whatever the environment has. */
public final class OutputDir implements QuarkusTestResourceLifecycleManager {
    /** The argument that sets a broker; without it there is none. */
    static final String KAFKA = "kafka";

    private Path folder;
    private String kafka;

    @Override
    public void init(Map<String, String> arguments) {
        kafka = arguments.getOrDefault(KAFKA, "");
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("validator").resolve("output");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                Settings.OUTPUT_DIR.name(),
                folder.toString(),
                Settings.KAFKA_BOOTSTRAP_SERVERS.name(),
                kafka,
                // So that a test sees at once what it has just done.
                "validator.validation-max-age",
                "0s",
                "VALIDATOR_HOSTS",
                "validator.example");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(folder, new TestInjector.MatchesType(Path.class));
    }

    @Override
    public void stop() {
        delete(folder.getParent());
    }

    /** Deletes the tree of the application under test, which forgets it, as a restarted one would. */
    public static void reset(Path tree) {
        delete(tree);
        Arc.container().instance(SeenRuns.class).destroy();
    }

    /** Deletes a folder and its content, if it exists. */
    public static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (var paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

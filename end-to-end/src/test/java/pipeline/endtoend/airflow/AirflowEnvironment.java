package pipeline.endtoend.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import pipeline.endtoend.system.Repository;
import pipeline.launcher.Supervision;
import pipeline.launcher.components.VirtualEnvironment;
import pipeline.launcher.process.Console;
import pipeline.launcher.setup.DataFolder;

/** The virtual environment of {@code airflow/.venv}, the one that {@code ./pipeline --airflow} uses too. */
final class AirflowEnvironment {
    static final Path AIRFLOW = Repository.ROOT.resolve("airflow");

    private AirflowEnvironment() {}

    /**
     * Creates the environment if it does not exist, and returns its Python. Without a Python that Airflow supports, the tests
     * are skipped; in CI they fail.
     *
     * @param temp for logs
     */
    static Path prepare(Path temp) throws IOException {
        return prepare(AIRFLOW, System.getenv(), temp);
    }

    /**
     * Creates the environment of another folder in the same way.
     *
     * @param variables of the user's shell
     */
    static Path prepare(Path folder, Map<String, String> variables, Path temp) throws IOException {
        VirtualEnvironment environment = new VirtualEnvironment(folder, variables);
        if (!"true".equals(System.getenv("CI")) && environment.findPython().isEmpty()) {
            String reason = "SKIPPED: the tests of Airflow need Python 3.11, 3.12 or 3.13 with venv and ensurepip";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        Console console = Console.standardOutput(false, Map.of());
        DataFolder data = DataFolder.open(temp.resolve("environment"));
        Files.createDirectories(data.logs());
        int exitCode = new Supervision(data, console).run(supervisor -> {
            environment.prepare(supervisor, console);
            return true;
        });
        assertThat(exitCode).as("exit code; the output says why").isZero();
        return environment.python();
    }
}

package pipeline.endtoend.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.scenarios.Fault;

/** A virtual environment as {@code ./pipeline --airflow} creates it, but without packages, which take minutes to download. */
@Tag("slow")
class VirtualEnvironmentIT {
    @Test
    void isCreatedThoughTheUsersPipInstallsElsewhere(@TempDir Path temp) throws IOException {
        Files.writeString(temp.resolve("requirements.lock"), "# no packages\n");
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("PIP_USER", "1");

        Path python = AirflowEnvironment.prepare(temp, variables, temp);

        assertThat(python).isExecutable();
        Fault.PIP_VARIABLES.isSeenAs();
    }
}

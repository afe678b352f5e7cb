package pipeline.endtoend.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.system.Repository;

/** The health checks of {@code docker-compose.yml}, without Docker. */
class HealthChecksTest {
    @Test
    void askTheContainerItselfEvenIfAProxyIsSet() throws IOException {
        List<String> checks =
                composeFile().lines().filter(line -> line.contains("curl")).toList();

        assertThat(checks).hasSize(6).allMatch(line -> line.contains("--noproxy"));
    }

    /** Older engines do not accept this key. */
    @Test
    void needTheDockerEngineThatTheReadmeNames() throws IOException {
        assertThat(composeFile()).contains("start_interval:");
        assertThat(Files.readString(Repository.ROOT.resolve("README.md"))).contains("Docker Engine 25");
    }

    private static String composeFile() throws IOException {
        return Files.readString(Repository.ROOT.resolve("docker-compose.yml"));
    }
}

package pipeline.endtoend.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.scenarios.Fault;
import pipeline.endtoend.system.Repository;

class CloneTest {
    @Test
    void hasScriptsThatRunWhereGitConvertsLineEnds(@TempDir Path temp) throws InterruptedException, IOException {
        String root = Repository.ROOT.toString();
        assumeTrue(succeeds("-C", root, "rev-parse", "HEAD"), "SKIPPED: this is no clone that git may read");
        Path clone = temp.resolve("clone");

        assertThat(succeeds("-c", "core.autocrlf=true", "clone", "-q", root, clone.toString()))
                .isTrue();

        for (String script : List.of("pipeline", "mvnw", "benchmarks/run", "airflow/start.py")) {
            assertThat(Files.readString(clone.resolve(script))).as(script).doesNotContain("\r");
        }
        Fault.LINE_ENDS.isSeenAs();
    }

    private static boolean succeeds(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

package pipeline.endtoend.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.Repository;

class CloneTest {
    @Test
    void hasScriptsThatRunWhereGitConvertsLineEnds(@TempDir Path temp) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Repository.ROOT.resolve(".git")), "SKIPPED: this is no clone of a git repository");
        Path clone = temp.resolve("clone");

        Process git = new ProcessBuilder(
                        "git", "-c", "core.autocrlf=true", "clone", "-q", Repository.ROOT.toString(), clone.toString())
                .inheritIO()
                .start();

        assertThat(git.waitFor()).isZero();
        for (String script : new String[] {"pipeline", "mvnw", "benchmarks/run", "airflow/start.py"}) {
            assertThat(Files.readString(clone.resolve(script))).as(script).doesNotContain("\r");
        }
    }
}

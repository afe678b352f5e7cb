package pipeline.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path temp;

    @Test
    void makesTheFolder() throws IOException {
        try (DataFolder data = DataFolder.open(temp.resolve("a/b"))) {
            assertThat(data.root()).isDirectory();
        }
    }

    @Test
    void refusesAPlaceThatCannotBeAFolder() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--data=" + file.resolve("data") + " is not allowed: a folder");
    }

    @Test
    void deletesWhatKafkaAndTheJobKeptAndNothingElse() throws IOException {
        Path row = Files.createFile(
                Files.createDirectories(temp.resolve("output/parquet/run_1")).resolve("row"));
        Path offset = Files.createFile(
                Files.createDirectories(temp.resolve("kafka/data")).resolve("offset"));
        Path log =
                Files.createFile(Files.createDirectories(temp.resolve("logs")).resolve("job.log"));

        try (DataFolder data = DataFolder.open(temp)) {
            data.clearOutput();
            data.clearKafka();
        }

        assertThat(row.getParent().getParent().getParent()).doesNotExist();
        assertThat(offset.getParent().getParent()).doesNotExist();
        assertThat(log).exists();
    }

    @Test
    void deletesTheLogsTooWhenAsked() throws IOException {
        Path log =
                Files.createFile(Files.createDirectories(temp.resolve("logs")).resolve("job.log"));
        Path other = Files.createFile(temp.resolve("other"));
        try (DataFolder data = DataFolder.open(temp)) {

            data.clearAll();

            assertThat(log).doesNotExist();
            assertThat(other).exists();
        }
    }

    @Test
    void deletesTheTemporaryFilesOfKilledComponents() throws IOException {
        Path left = Files.createFile(Files.createDirectories(temp.resolve(".pipeline-tmp/blockmgr-1"))
                .resolve("block"));
        try (DataFolder data = DataFolder.open(temp)) {

            data.clearTemporary();

            assertThat(left).doesNotExist();
            assertThat(temp.resolve(".pipeline-tmp")).isEmptyDirectory();
        }
    }

    @Test
    void deletesALinkButNotWhatItLeadsTo() throws IOException {
        Path mine =
                Files.createFile(Files.createDirectories(temp.resolve("mine")).resolve("row"));
        Files.createSymbolicLink(
                Files.createDirectories(temp.resolve("data/output")).resolve("parquet"), mine.getParent());

        try (DataFolder data = DataFolder.open(temp.resolve("data"))) {
            data.clearOutput();
            data.clearKafka();
        }

        assertThat(mine).exists();
    }

    @Test
    void knowsTheGuardOfARunThatWasKilled() throws IOException, InterruptedException {
        Process guard = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(temp.resolve(".lock"), "guard " + guard.pid() + "\n");

            try (DataFolder data = DataFolder.open(temp)) {
                assertThat(data.guardAtWork()).map(ProcessHandle::pid).contains(guard.pid());
            }
        } finally {
            guard.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void forgetsTheGuardAfterAnOrderlyStop() throws IOException {
        try (DataFolder data = DataFolder.open(temp)) {
            data.rememberGuard(ProcessHandle.current().pid());
            data.close();
        }

        try (DataFolder data = DataFolder.open(temp)) {
            assertThat(data.guardAtWork()).isEmpty();
        }
    }
}

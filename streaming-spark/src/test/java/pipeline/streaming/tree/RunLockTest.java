package pipeline.streaming.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.output.OutputTree;
import pipeline.streaming.lifecycle.CannotContinueException;

class RunLockTest {
    @TempDir
    Path output;

    private RunLayout folders;

    @BeforeEach
    void createFolders() {
        folders = new RunLayout(new OutputTree(output), "1");
        folders.prepare();
    }

    @Test
    void refusesASecondJobOnTheSameRun() throws IOException {
        try (RunLock first = RunLock.take(folders)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> RunLock.take(folders))
                    .isInstanceOf(CannotContinueException.class)
                    .hasMessageContaining("Another job is writing run 1")
                    .hasMessageContaining("RUN_ID");
        }
    }

    @Test
    void letsTheNextJobInWhenTheFirstIsGone() throws IOException {
        RunLock.take(folders).close();

        RunLock.take(folders).close();
    }

    @Test
    void noticesThatSomebodyRemovedItsFile() throws IOException {
        try (RunLock lock = RunLock.take(folders)) {
            lock.requireHeld();
            Files.delete(folders.staging().resolve(RunLock.NAME));

            assertThatThrownBy(lock::requireHeld)
                    .isInstanceOf(CannotContinueException.class)
                    .hasMessageContaining(
                            "Somebody removed " + folders.staging().resolve(RunLock.NAME));
        }
    }

    @Test
    void noticesThatAnotherJobHasTheRun() throws IOException {
        try (RunLock lock = RunLock.take(folders)) {
            Files.delete(folders.staging().resolve(RunLock.NAME));
            try (RunLock other = RunLock.take(folders)) {
                other.requireHeld();

                assertThatThrownBy(lock::requireHeld).isInstanceOf(CannotContinueException.class);
            }
        }
    }
}

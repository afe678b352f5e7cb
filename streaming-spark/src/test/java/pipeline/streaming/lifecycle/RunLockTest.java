package pipeline.streaming.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    Path folder;

    private RunLock take() throws IOException {
        return RunLock.take("1", folder, Path.of("/output"));
    }

    @Test
    void refusesASecondJobOnTheSameRun() throws IOException {
        try (RunLock first = take()) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> take())
                    .isInstanceOf(CannotContinueException.class)
                    .hasMessage("Another job is writing run 1 in /output (it holds " + folder.resolve("lock")
                            + "). Stop it, or set RUN_ID to another name.");
        }
    }

    @Test
    void letsTheNextJobInWhenTheFirstIsGone() throws IOException {
        take().close();

        take().close();
    }

    @Test
    void noticesThatSomebodyRemovedItsFile() throws IOException {
        try (RunLock lock = take()) {
            lock.requireHeld();
            Files.delete(folder.resolve(RunLock.NAME));

            assertThatThrownBy(lock::requireHeld)
                    .isInstanceOf(CannotContinueException.class)
                    .hasMessageContaining("Somebody removed " + folder.resolve(RunLock.NAME));
        }
    }

    @Test
    void noticesThatAnotherJobHasTheRun() throws IOException {
        try (RunLock lock = take()) {
            Files.delete(folder.resolve(RunLock.NAME));
            try (RunLock other = take()) {
                other.requireHeld();

                assertThatThrownBy(lock::requireHeld).isInstanceOf(CannotContinueException.class);
            }
        }
    }
}

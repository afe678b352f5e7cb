package pipeline.endtoend.faults.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.endtoend.machine.Mounts;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.launcher.setup.DataFolder;
import pipeline.launcher.setup.FileTree;

/** Full and read-only disks, and what happens to temporary files. */
@Tag("faults")
class DiskScenariosIT extends Scenarios {
    @Test
    void stopsWhenTheDiskIsFullOrReadOnlyAndResumesAfterwards() throws IOException {
        assumeTrue(Mounts.arePossible(folder.resolve("probe")), "skipped: only root can mount a disk that is full");
        try (Mounts mounts = new Mounts();
                Scenario scenario = scenario("disk")) {
            Path output = scenario.system().tree().root();
            mounts.small(output);
            scenario.startJob();
            scenario.publish();

            Path filler = Mounts.fill(output);
            scenario.send();

            scenario.stopsWith(1);
            String full = scenario.said("No space left on a disk");
            assertThat(full)
                    .isEqualTo(
                            "No space left on a disk: that of OUTPUT_DIR, or of Spark's temporary files in DATA/.pipeline-tmp."
                                    + " Nothing is lost: free some space, then start the job again.");
            Files.delete(filler);
            scenario.startJob();
            scenario.caughtUp();
            scenario.isRight();
            Fault.DISK_FULL.isSeenAs(full);

            mounts.makeReadOnly(output);
            scenario.send();

            scenario.stopsWith(2);
            String readOnly = scenario.said("OUTPUT_DIR=OUTPUT_DIR is not allowed");
            assertThat(readOnly)
                    .isEqualTo("OUTPUT_DIR=OUTPUT_DIR is not allowed: the job cannot write there:"
                            + " OUTPUT_DIR/staging/run_1/.probe-… (Read-only file system)");
            scenario.job().start();
            scenario.stopsWith(2);
            scenario.said("(Read-only file system)");
            mounts.makeWritable(output);
            scenario.startJob();
            scenario.caughtUp();
            scenario.isRight();
            Fault.DISK_READ_ONLY.isSeenAs(readOnly);
            scenario.job().kill();
        }
    }

    @Test
    void stopsWhenTheDiskOfTheCheckpointIsFull() throws IOException {
        assumeTrue(Mounts.arePossible(folder.resolve("probe")), "skipped: only root can mount a disk that is full");
        try (Mounts mounts = new Mounts();
                Scenario scenario = scenario("checkpoint-disk")) {
            Path checkpoints = scenario.system().tree().checkpoints(SystemUnderTest.RUN);
            mounts.small(checkpoints);
            scenario.startJob();
            scenario.publish();

            Path filler = Mounts.fill(checkpoints);
            scenario.send();

            scenario.stopsWith(1);
            String full = scenario.said("No space left on a disk");
            Files.delete(filler);
            scenario.startJob();
            scenario.caughtUp();
            scenario.isRight();
            Fault.CHECKPOINT_DISK_FULL.isSeenAs(full);
            scenario.job().kill();
        }
    }

    /** @param subfolders of Spark's folder of working files. A young job has used few of 64; an old one has used all. */
    @ParameterizedTest
    @ValueSource(strings = {"64", "1"})
    void stopsWhenItsWorkingFilesAreDeletedAndResumesAfterwards(String subfolders) throws IOException {
        try (Scenario scenario = scenario("working-files-" + subfolders)) {
            scenario.startJob(Map.of("spark.diskStore.subDirectories", subfolders));
            scenario.publish();

            FileTree.clear(temporary(scenario));

            await("the job needs its working files")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        scenario.send();
                        return !scenario.job().isAlive();
                    });
            scenario.stopsWith(1);
            String deleted = scenario.said("Spark's working files");
            scenario.startJob();
            scenario.caughtUp();
            scenario.isRight();
            Fault.WORKING_FILES_DELETED.isSeenAs(deleted);
            scenario.job().kill();
        }
    }

    @Test
    void stopsWhenItCannotLoadLibrariesAndResumesAfterwards() throws IOException {
        assumeTrue(Mounts.arePossible(folder.resolve("probe")), "skipped: only root can mount a disk with noexec");
        try (Mounts mounts = new Mounts();
                Scenario scenario = scenario("noexec")) {
            mounts.withoutPrograms(temporary(scenario));
            scenario.startJob();
            scenario.send();

            scenario.stopsWith(1);
            String unusable = scenario.said("cannot be loaded");
            mounts.unmount(temporary(scenario));
            scenario.startJob();
            scenario.caughtUp();
            scenario.isRight();
            Fault.LIBRARIES_UNUSABLE.isSeenAs(unusable);
            scenario.job().kill();
        }
    }

    private static Path temporary(Scenario scenario) {
        return scenario.system().root().resolve(DataFolder.TEMPORARY);
    }
}

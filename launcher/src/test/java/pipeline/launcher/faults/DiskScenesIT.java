package pipeline.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Disks that are full or read-only. */
@Tag("faults")
class DiskScenesIT extends Scenes {
    @Test
    void stopsWhenTheDiskIsFullOrReadOnlyAndGoesOnAfterwards() throws IOException {
        assumeTrue(Mounts.arePossible(folder.resolve("probe")), "skipped: only root can mount a disk that is full");
        try (Mounts mounts = new Mounts();
                Stage stage = stage("disk")) {
            Path output = stage.bench().tree().root();
            mounts.small(output);
            stage.startJob();
            stage.publish();

            Path filler = Mounts.fill(output);
            stage.send();

            stage.stopsWith(1);
            String full = stage.said("No space left on a disk");
            assertThat(full)
                    .isEqualTo("No space left on a disk: that of OUTPUT_DIR, or of Spark's temporary files in /tmp."
                            + " Nothing is lost: make room there, then start the job again.");
            Files.delete(filler);
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            TABLE.row("disk full", "the job stops (exit 1); with space again, a start goes on", full);

            mounts.makeReadOnly(output);
            stage.send();

            stage.stopsWith(2);
            String readOnly = stage.said("OUTPUT_DIR=OUTPUT_DIR is not allowed");
            assertThat(readOnly)
                    .isEqualTo("OUTPUT_DIR=OUTPUT_DIR is not allowed: the job cannot write there:"
                            + " OUTPUT_DIR/staging/run_1/.probe-… (Read-only file system)");
            stage.job().start();
            stage.stopsWith(2);
            stage.said("(Read-only file system)");
            mounts.makeWritable(output);
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            TABLE.row("output made read-only", "the job stops (exit 2); writable again, a start goes on", readOnly);
            stage.job().kill();
        }
    }

    @Test
    void stopsWhenTheDiskOfTheCheckpointIsFull() throws IOException {
        assumeTrue(Mounts.arePossible(folder.resolve("probe")), "skipped: only root can mount a disk that is full");
        try (Mounts mounts = new Mounts();
                Stage stage = stage("checkpoint-disk")) {
            Path checkpoints = stage.bench().tree().checkpoints(Bench.RUN);
            mounts.small(checkpoints);
            stage.startJob();
            stage.publish();

            Path filler = Mounts.fill(checkpoints);
            stage.send();

            stage.stopsWith(1);
            String full = stage.said("No space left on a disk");
            Files.delete(filler);
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            TABLE.row(
                    "disk full where the checkpoint is (`_chk` on a mount of its own)",
                    "the job stops (exit 1); with space again, a start goes on",
                    full);
            stage.job().kill();
        }
    }
}

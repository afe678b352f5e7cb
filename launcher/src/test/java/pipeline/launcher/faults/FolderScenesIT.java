package pipeline.launcher.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.events.output.OutputTree;

/** What people do to checkpoints, ledger and files. */
@Tag("faults")
class FolderScenesIT extends Scenes {
    @Test
    void needsNoCheckpoint() throws IOException {
        try (Stage stage = stage("checkpoint")) {
            Path checkpoints = stage.bench().tree().checkpoints(Bench.RUN);
            Path old = folder.resolve("old-checkpoint");
            stage.startJob();
            stage.publish();
            stage.job().kill();
            Trees.copy(checkpoints, old);
            stage.startJob();
            stage.publish();
            stage.job().kill();

            Trees.delete(checkpoints);
            goesOn(stage);
            TABLE.row("the checkpoints deleted", "the next start goes on from the ledger");

            Trees.replace(checkpoints, old);
            goesOn(stage);
            TABLE.row("the checkpoints replaced by an old copy", "the next start goes on from the ledger");

            Trees.overwriteEachFile(checkpoints, new byte[0]);
            stage.startJob();
            String aside = stage.said("aside as");
            assertThat(aside)
                    .isEqualTo(
                            "Set the checkpoint of the averages aside as OUTPUT_DIR/parquet/run_1/_chk/averages.unusable:"
                                    + " they begin anew where the ledger ends");
            stage.publish();
            stage.said("10-s averages");
            stage.job().kill();
            stage.isRight();
            TABLE.row(
                    "each file of the checkpoints emptied",
                    "the next start goes on from the ledger, the averages begin anew",
                    aside);

            Trees.overwriteEachFile(checkpoints, "v1\ngarbage".getBytes(UTF_8));
            stage.startJob();
            assertThat(stage.said("aside as")).isEqualTo(aside);
            stage.publish();
            stage.said("10-s averages");
            stage.isRight();
            TABLE.row("garbage in the checkpoints", "as above");
        }
    }

    @Test
    void goesOnWhenTheCheckpointIsDeletedBehindItsBack() throws IOException {
        try (Stage stage = stage("checkpoint-gone")) {
            stage.startJob();
            stage.publish();

            Path aside = folder.resolve("checkpoint-aside");
            Files.move(stage.bench().tree().checkpoints(Bench.RUN), aside);
            stage.publish();

            String gone = stage.said("Publishing was interrupted");
            assertThat(gone).startsWith("Publishing was interrupted: FileNotFoundException: ");
            String goesOn = stage.said("Publishing goes on");
            stage.publish();
            stage.isRight();
            TABLE.row(
                    "the checkpoints deleted while the job runs", "it goes on from the ledger by itself", gone, goesOn);
        }
    }

    private static void goesOn(Stage stage) throws IOException {
        stage.startJob();
        stage.publish();
        stage.saidNoStackTrace(stage.job());
        stage.job().kill();
        stage.isRight();
    }

    @Test
    void stopsWhenTheLedgerIsDamaged() throws IOException {
        try (Stage stage = stageAtRest("ledger")) {
            Path ledger = stage.bench().tree().ledger(Bench.RUN);
            Path good = folder.resolve("good-ledger");
            Trees.copy(ledger, good);

            Trees.delete(ledger);
            stage.job().start();
            stage.stopsWith(1);
            String deleted = stage.said("belongs to batch");
            assertThat(deleted)
                    .matches(
                            "OUTPUT_DIR/parquet/run_1/id=\\d/part-0+-\\d\\.parquet belongs to batch 0, but the ledger in"
                                    + " OUTPUT_DIR/parquet/run_1/_ledger ends before the first batch."
                                    + " Put the missing ledger records back, or set RUN_ID to another name\\.");
            TABLE.row("the ledger deleted", "the job does not start (exit 1)", deleted);

            Trees.replace(ledger, good);
            List<Path> records = Trees.files(ledger);
            Trees.truncate(records.get(records.size() - 1));
            stage.job().start();
            stage.stopsWith(1);
            String truncated = stage.said("The newest ledger record");
            assertThat(truncated)
                    .matches(
                            "The newest ledger record is damaged: OUTPUT_DIR/parquet/run_1/_ledger/\\d+\\.json \\(.*\\)\\."
                                    + " Put back a good copy of it; or set RUN_ID to another name, for a new run from what Kafka has\\.");
            TABLE.row("the newest ledger record cut off", "the job does not start (exit 1)", truncated);

            Trees.replace(ledger, good);
            Path torn = stage.bench()
                    .tree()
                    .staging(Bench.RUN)
                    .resolve(OutputTree.recordName(stage.bench().batches()));
            Files.writeString(torn, "{\"version\":1,\"se");
            stage.startJob();
            String dropped = stage.said("Dropping the damaged");
            assertThat(dropped).startsWith("Dropping the damaged OUTPUT_DIR/staging/run_1/");
            stage.publish();
            stage.isRight();
            TABLE.row("the prepared record torn", "its batch is taken from Kafka again", dropped);
        }
    }

    @Test
    void goesOnBesideDamagedFilesThatTheValidatorNames() throws IOException {
        try (Stage stage = stageAtRest("files")) {
            List<Path> published = ParquetRows.files(stage.bench().tree().run(Bench.RUN));
            stage.startJob();

            Trees.truncate(published.get(0));
            Files.delete(published.get(1));
            stage.publish();
            stage.saidNoStackTrace(stage.job());
            stage.bench().validator().start();
            String unreadable = stage.complaint("readable-files");
            assertThat(unreadable)
                    .startsWith("FAILED readable-files: Can't be read: ")
                    .contains(
                            published.get(0).getFileName() + " (",
                            published.get(1).getFileName() + " (it is not there)");
            String otherFiles = stage.complaint("ledger-files");
            assertThat(otherFiles)
                    .startsWith("FAILED ledger-files: Missing (1): ")
                    .contains("Of other size (1): ");
            TABLE.row(
                    "a Parquet file truncated, another one deleted, by hand",
                    "the job goes on; `/validation` is FAILED and names both",
                    unreadable,
                    otherFiles);
        }
    }
}

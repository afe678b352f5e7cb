package pipeline.endtoend.faults.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.output.OutputTree;
import pipeline.launcher.setup.FileTree;

/** What people do to checkpoints, ledger and files. */
@Tag("faults")
class FolderScenariosIT extends Scenarios {
    @Test
    void needsNoCheckpoint() throws IOException {
        try (Scenario scenario = scenario("checkpoint")) {
            Path checkpoints = scenario.system().tree().checkpoints(SystemUnderTest.RUN);
            Path old = folder.resolve("old-checkpoint");
            scenario.startJob();
            scenario.publish();
            scenario.job().kill();
            FileTrees.copy(checkpoints, old);
            scenario.startJob();
            scenario.publish();
            scenario.job().kill();

            FileTree.delete(checkpoints);
            resumes(scenario);
            Fault.CHECKPOINTS_DELETED.isSeenAs();

            FileTrees.replace(checkpoints, old);
            resumes(scenario);
            Fault.CHECKPOINTS_OLD.isSeenAs();

            FileTrees.overwriteEachFile(checkpoints, new byte[0]);
            scenario.startJob();
            String aside = scenario.said("aside as");
            assertThat(aside)
                    .isEqualTo(
                            "Set the checkpoint of the averages aside as OUTPUT_DIR/parquet/run_1/_chk/averages.unusable:"
                                    + " they start over from the end of the ledger");
            scenario.publish();
            scenario.said("10-s averages");
            scenario.job().kill();
            scenario.isRight();
            Fault.CHECKPOINTS_EMPTIED.isSeenAs(aside);

            FileTrees.overwriteEachFile(checkpoints, "v1\ngarbage".getBytes(UTF_8));
            scenario.startJob();
            assertThat(scenario.said("aside as")).isEqualTo(aside);
            scenario.publish();
            scenario.said("10-s averages");
            scenario.isRight();
            Fault.CHECKPOINTS_GARBAGE.isSeenAs();
        }
    }

    @Test
    void resumesWhenTheCheckpointIsDeletedWhileItRuns() throws IOException {
        try (Scenario scenario = scenario("checkpoint-gone")) {
            scenario.startJob();
            scenario.publish();

            Path aside = folder.resolve("checkpoint-aside");
            Files.move(scenario.system().tree().checkpoints(SystemUnderTest.RUN), aside);
            scenario.publish();

            String gone = scenario.said("Publishing was interrupted");
            assertThat(gone).startsWith("Publishing was interrupted: FileNotFoundException: ");
            String resumes = scenario.said("Publishing resumes");
            scenario.publish();
            scenario.isRight();
            Fault.CHECKPOINTS_DELETED_WHILE_RUNNING.isSeenAs(
                    gone.replaceFirst("(FileNotFoundException: ).*", "$1…"), resumes);
        }
    }

    private static void resumes(Scenario scenario) throws IOException {
        scenario.startJob();
        scenario.publish();
        scenario.saidNoStackTrace(scenario.job());
        scenario.job().kill();
        scenario.isRight();
    }

    @Test
    void stopsWhenTheLedgerIsDamaged() throws IOException {
        try (Scenario scenario = scenarioAtRest("ledger")) {
            Path ledger = scenario.system().tree().ledger(SystemUnderTest.RUN);
            Path good = folder.resolve("good-ledger");
            FileTrees.copy(ledger, good);

            FileTree.delete(ledger);
            scenario.job().start();
            scenario.stopsWith(1);
            String deleted = scenario.said("belongs to batch");
            assertThat(deleted)
                    .matches(
                            "OUTPUT_DIR/parquet/run_1/id=\\d/part-0+-\\d\\.parquet belongs to batch 0, but the ledger in"
                                    + " OUTPUT_DIR/parquet/run_1/_ledger ends before the first batch."
                                    + " Put the missing ledger records back, or set RUN_ID to another name\\.");
            Fault.LEDGER_DELETED.isSeenAs(deleted);

            FileTrees.replace(ledger, good);
            List<Path> records = FileTrees.files(ledger);
            FileTrees.truncate(records.get(records.size() - 1));
            scenario.job().start();
            scenario.stopsWith(1);
            String truncated = scenario.said("The newest ledger record");
            assertThat(truncated)
                    .matches(
                            "The newest ledger record is damaged: OUTPUT_DIR/parquet/run_1/_ledger/\\d+\\.json \\(.*\\)\\."
                                    + " Restore it from a copy, or set RUN_ID to another name to start a new run from what Kafka still has\\.");
            Fault.LEDGER_TRUNCATED.isSeenAs(truncated);

            FileTrees.replace(ledger, good);
            Path torn = scenario.system()
                    .tree()
                    .staging(SystemUnderTest.RUN)
                    .resolve(OutputTree.recordName(scenario.system().batches()));
            Files.writeString(torn, "{\"version\":1,\"se");
            scenario.startJob();
            String dropped = scenario.said("Dropping the damaged");
            assertThat(dropped).startsWith("Dropping the damaged OUTPUT_DIR/staging/run_1/");
            scenario.publish();
            scenario.isRight();
            Fault.PREPARED_TRUNCATED.isSeenAs(dropped);
        }
    }

    @Test
    void continuesBesideDamagedFilesThatTheValidatorNames() throws IOException {
        try (Scenario scenario = scenarioAtRest("files")) {
            List<Path> published = ParquetRows.files(scenario.system().tree().run(SystemUnderTest.RUN));
            scenario.startJob();

            FileTrees.truncate(published.get(0));
            Files.delete(published.get(1));
            scenario.publish();
            scenario.saidNoStackTrace(scenario.job());
            scenario.system().validator().start();
            String unreadable = scenario.complaint("readable-files");
            assertThat(unreadable)
                    .startsWith("FAILED readable-files: Can't be read: ")
                    .contains(
                            published.get(0).getFileName() + " (",
                            published.get(1).getFileName() + " (it does not exist)");
            String otherFiles = scenario.complaint("ledger-files");
            assertThat(otherFiles)
                    .startsWith("FAILED ledger-files: Missing (1): ")
                    .contains("Different size (1): ");
            Fault.FILES_DAMAGED.isSeenAs(unreadable.replaceFirst("parquet \\([^)]*\\)", "parquet (…)"), otherFiles);
        }
    }
}

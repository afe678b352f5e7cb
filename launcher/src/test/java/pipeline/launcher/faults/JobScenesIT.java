package pipeline.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.events.output.OutputTree;

/** What is done to the job itself: a second one, SIGTERM, a task that outlives its driver. */
@Tag("faults")
class JobScenesIT extends Scenes {
    @Test
    void refusesASecondJobOnTheSameRun() throws IOException {
        try (Stage stage = stage("second-job")) {
            stage.startJob();
            stage.publish();
            Victim second = stage.bench().anotherJob();

            second.start();

            stage.stopsWith(second, 1);
            String refused = stage.said(second, "Another job");
            assertThat(refused)
                    .isEqualTo("Another job is writing run 1 in OUTPUT_DIR (it holds OUTPUT_DIR/staging/run_1/lock)."
                            + " Stop it, or set RUN_ID to another name.");
            stage.publish();
            TABLE.row("a second job on the same run", "the second stops (exit 1); the first goes on", refused);

            Files.delete(stage.bench().tree().staging(Bench.RUN).resolve("lock"));
            second.start();
            stage.said(second, "Streaming started");
            await("one of the two stops").atMost(Duration.ofMinutes(1)).until(() -> {
                stage.send();
                return !second.isAlive() || !stage.job().isAlive();
            });
            Victim loser = second.isAlive() ? stage.job() : second;
            stage.stopsWith(loser, 1);
            String said = stage.lines(loser).stream()
                    .filter(line -> line.startsWith("Another job has") || line.startsWith("Somebody removed"))
                    .findFirst()
                    .orElseThrow();
            assertThat(said)
                    .matches("(Another job has (prepared|committed) batch \\d+ of run 1: two jobs write .*"
                            + " Stop one of them, then start this one again\\.)"
                            + "|(Somebody removed .*lock while this job held it, .*"
                            + " Leave one job of this run, and start it again\\.)");
            stage.caughtUp(second.isAlive() ? second : stage.job());
            stage.isRight();
            second.kill();
            TABLE.row(
                    "the lock file removed by hand, and a second job started",
                    "one of the two stops (exit 1), the other goes on; the output stays right",
                    said);
        }
    }

    @Test
    void finishesItsBatchAtSigterm() throws IOException {
        try (Stage stage = stage("sigterm")) {
            stage.send();
            for (int millis : List.of(0, 150, 400, 1_000, 2_500)) {
                stage.startJob();
                await().pollDelay(millis, TimeUnit.MILLISECONDS).until(() -> true);
                stage.endsAtSigterm();
                assertThat(stage.lines(stage.job())).noneMatch(line -> line.contains("interrupted"));
            }
            stage.startJob();
            stage.caughtUp();
            long before = stage.bench().batches();
            stage.send();
            await("a batch begins")
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> stage.staged() > 0);
            stage.endsAtSigterm();
            assertThat(stage.staged()).isZero();
            assertThat(stage.bench().batches()).isGreaterThan(before);
            String batch =
                    stage.said("Batch").replaceAll("Batch \\d+", "Batch …").replaceAll("[0-9.]+ s", "… s");
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            TABLE.row(
                    "SIGTERM of the job, right after its start or during a batch",
                    "the batch in hand is published, then it ends (exit 143)",
                    batch);
        }
    }

    @Test
    void ignoresATaskThatOutlivedItsDriver() throws IOException {
        try (Stage stage = stageAtRest("files")) {
            List<Path> published = ParquetRows.files(stage.bench().tree().run(Bench.RUN));
            Path attempt = stage.bench()
                    .tree()
                    .staging(Bench.RUN)
                    .resolve(OutputTree.padded(stage.bench().batches()) + "-dead/events/id=0");
            Files.createDirectories(attempt);
            stage.startJob();

            Files.createDirectories(attempt);
            Files.copy(published.get(0), attempt.resolve(published.get(0).getFileName()));
            stage.publish();

            stage.isRight();
            TABLE.row(
                    "a task that outlived its driver writes into the staging folder of the dead attempt",
                    "nothing: no other attempt uses that folder, and the next start removes it");
        }
    }
}

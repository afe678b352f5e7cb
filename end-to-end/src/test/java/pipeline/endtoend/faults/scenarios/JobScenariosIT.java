package pipeline.endtoend.faults.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.machine.PreloadedLibrary;
import pipeline.endtoend.system.KillableProcess;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.Settings;

/** What is done to the job itself: a second one, SIGTERM, a task that outlives its driver. */
@Tag("faults")
class JobScenariosIT extends Scenarios {
    /** Depending on their timing, one of two jobs stops with one of these. */
    private static final String TWO_JOBS_WRITE = "Another job has committed batch 2 of run 1: two jobs write"
            + " OUTPUT_DIR/parquet/run_1. Stop one of them, then start this one again.";

    private static final String LOCK_IS_GONE =
            "Somebody removed OUTPUT_DIR/staging/run_1/lock while this job held it, so"
                    + " another job may be writing run 1 too. Stop all jobs of this run but one, then start that one again.";

    @Test
    void refusesASecondJobOnTheSameRun() throws IOException {
        try (Scenario scenario = scenario("second-job")) {
            scenario.startJob();
            scenario.publish();
            KillableProcess second = scenario.system().anotherJob();

            second.start();

            scenario.stopsWith(second, 1);
            String refused = scenario.said(second, "Another job");
            assertThat(refused)
                    .isEqualTo("Another job is writing run 1 in OUTPUT_DIR (it holds OUTPUT_DIR/staging/run_1/lock)."
                            + " Stop it, or set RUN_ID to another name.");
            scenario.publish();
            Fault.SECOND_JOB.isSeenAs(refused);

            Files.delete(scenario.system().tree().staging(SystemUnderTest.RUN).resolve("lock"));
            second.start();
            scenario.said(second, "Streaming started");
            await("one of the two stops").atMost(Duration.ofMinutes(1)).until(() -> {
                scenario.send();
                return !second.isAlive() || !scenario.job().isAlive();
            });
            KillableProcess loser = second.isAlive() ? scenario.job() : second;
            scenario.stopsWith(loser, 1);
            String said = scenario.lines(loser).stream()
                    .filter(line -> line.startsWith("Another job has") || line.startsWith("Somebody removed"))
                    .findFirst()
                    .orElseThrow();
            assertThat(said.replaceFirst("(prepared|committed) batch \\d+", "committed batch 2"))
                    .isIn(TWO_JOBS_WRITE, LOCK_IS_GONE);
            scenario.caughtUp(second.isAlive() ? second : scenario.job());
            scenario.isRight();
            second.kill();
            Fault.LOCK_REMOVED.isSeenAs(TWO_JOBS_WRITE, LOCK_IS_GONE);
        }
    }

    @Test
    void worksForAUserWhomTheSystemDoesNotKnow() throws IOException {
        Path own = folder.resolve("unknown-user");
        Map<String, String> settings =
                new HashMap<>(PreloadedLibrary.compile("unknown_user", own).environment());
        settings.put(Settings.EVENT_LIMIT.name(), "20");
        try (SystemUnderTest system = new SystemUnderTest(own, settings);
                Scenario scenario = new Scenario(system)) {
            system.startBroker();
            scenario.startJob();
            system.validator().start();
            system.producer().start();
            assertThat(system.producer().hasEndedWithin(60)).isTrue();
            scenario.publish();
            assertThat(system.get("/aggregates")).isPresent();
            scenario.isRight();
            Fault.UNKNOWN_USER.isSeenAs();
        }
    }

    @Test
    void finishesItsBatchAtSigterm() throws IOException {
        try (Scenario scenario = scenario("sigterm")) {
            scenario.send();
            for (int millis : List.of(0, 150, 400, 1_000, 2_500)) {
                scenario.startJob();
                await().pollDelay(millis, TimeUnit.MILLISECONDS).until(() -> true);
                scenario.endsAtSigterm();
                assertThat(scenario.lines(scenario.job())).noneMatch(line -> line.contains("interrupted"));
            }
            scenario.startJob();
            scenario.caughtUp();
            long before = scenario.system().batches();
            scenario.send();
            await("a batch begins")
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> scenario.staged() > 0);
            scenario.endsAtSigterm();
            assertThat(scenario.staged()).isZero();
            assertThat(scenario.system().batches()).isGreaterThan(before);
            String batch =
                    scenario.said("Batch").replaceAll("Batch \\d+", "Batch …").replaceAll("[0-9.]+ s", "… s");
            scenario.startJob();
            scenario.caughtUp();
            scenario.isRight();
            Fault.SIGTERM.isSeenAs(batch);
        }
    }

    @Test
    void ignoresATaskThatOutlivedItsDriver() throws IOException {
        try (Scenario scenario = scenarioAtRest("files")) {
            List<Path> published = ParquetRows.files(scenario.system().tree().run(SystemUnderTest.RUN));
            Path attempt = scenario.system()
                    .tree()
                    .staging(SystemUnderTest.RUN)
                    .resolve(OutputTree.padded(scenario.system().batches()) + "-dead/events/id=0");
            Files.createDirectories(attempt);
            scenario.startJob();

            Files.createDirectories(attempt);
            Files.copy(published.get(0), attempt.resolve(published.get(0).getFileName()));
            scenario.publish();

            scenario.isRight();
            Fault.TASK_OUTLIVES_DRIVER.isSeenAs();
        }
    }
}

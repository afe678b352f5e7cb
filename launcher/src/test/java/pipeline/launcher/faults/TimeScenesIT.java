package pipeline.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import pipeline.events.settings.Settings;

/** Parts that stand still or are away for a while. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class TimeScenesIT extends Scenes {
    private static final int LONG = 30;

    /** The largest batch, and one that does not wait. */
    private static final int BACKLOG = 2_000_000;

    @Test
    void goesOnWhenPartsStoodStill() throws IOException {
        try (Bench own = new Bench(folder.resolve("stand-still"), Map.of());
                Stage stage = new Stage(own)) {
            own.startBroker();
            stage.startJob();
            stage.publish();
            own.validator().start();
            validatorCounts(own, Stage.EVENTS);

            stage.job().freeze();
            own.validator().freeze();
            stage.send();
            pass(LONG);
            stage.job().thaw();
            own.validator().thaw();
            stage.caughtUp();
            validatorCounts(own, 2 * Stage.EVENTS);
            TABLE.row(
                    "the job and the validator stand still for 30 s, both at once (SIGSTOP, SIGCONT)",
                    "they go on by themselves");

            own.broker().freeze();
            pass(LONG);
            String frozen = stage.said("Waiting for Kafka");
            own.broker().thaw();
            stage.publish();
            stage.saidNoStackTrace(stage.job());
            stage.isRight();
            TABLE.row("the broker stands still for 30 s", "the job waits, and goes on by itself", frozen);
        }
    }

    private static void validatorCounts(Bench bench, int rows) {
        await("the validator counts " + rows).atMost(Duration.ofMinutes(1)).until(() -> bench.get("/aggregates")
                .filter(answer -> answer.contains("\"totalRows\":" + rows + ","))
                .isPresent());
    }

    @Test
    void goesOnWhenTheBrokerWasAway() throws IOException {
        try (Bench own = new Bench(folder.resolve("away"), Map.of());
                Stage stage = new Stage(own)) {
            own.startBroker();
            stage.startJob();
            own.producer().start(Bench.SAY_ACKED);
            producerSends(own);
            own.producer().freeze();
            pass(LONG);
            own.producer().thaw();
            producerSends(own);
            TABLE.row("the producer stands still for 30 s", "it goes on by itself, and skips what it missed");

            own.broker().kill();
            pass(2 * LONG);
            long lines = stage.timesSaid("Waiting for");
            String away = stage.said("Waiting for Kafka");
            own.startBroker();
            producerSends(own);
            assertThat(own.producer().terminate()).isTrue();
            stage.caughtUp();
            assertThat(lines).as("lines in 60 s").isBetween(3L, 7L);
            String goesOn = stage.said("Publishing goes on");
            TABLE.row(
                    "the broker is down for 60 s",
                    "the job waits, a line each ten seconds, and goes on by itself",
                    away,
                    goesOn);

            stage.send();
            own.broker().kill();
            stage.endsAtSigterm();
            own.startBroker();
            stage.startJob();
            stage.caughtUp();
            stage.isRight();
            new Reckoning(own).assertKafkaHasEachAckedEventOnce(own.acked());
            TABLE.row("SIGTERM of the job while the broker is down", "it ends (exit 143); the next start goes on");
        }
    }

    @Test
    void takesLargeBatchesAtOnce() throws IOException {
        Map<String, String> settings = Map.of(
                Settings.TRIGGER_INTERVAL, "1h", Settings.MSGS_PER_SEC, "max", Settings.EVENT_LIMIT, "" + BACKLOG);
        try (Bench own = new Bench(folder.resolve("backlog"), settings);
                Stage stage = new Stage(own)) {
            own.startBroker();
            own.producer().start(Map.of());
            assertThat(own.producer().hasEndedWithin(120))
                    .as("the producer has sent all")
                    .isTrue();

            stage.startJob();

            stage.caughtUp();
            assertThat(own.batches()).isEqualTo(2);
            TABLE.row(
                    "2 million events came while the job was away; `TRIGGER_INTERVAL=1h`",
                    "large batches follow each other at once");
        }
    }

    private static void producerSends(Bench bench) {
        long before = bench.eventsInKafka();
        await("the producer sends").atMost(Duration.ofMinutes(1)).until(() -> bench.eventsInKafka() > before);
    }

    /** Time is the fault here. */
    private static void pass(int seconds) {
        await().pollDelay(seconds, TimeUnit.SECONDS)
                .atMost(seconds + 5L, TimeUnit.SECONDS)
                .until(() -> true);
    }
}

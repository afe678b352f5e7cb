package pipeline.endtoend.faults.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.faults.PublishedOutput;
import pipeline.endtoend.machine.WallClock;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.settings.Settings;

/** Components that are paused, or down for a while. */
@Tag("faults")
class TimeScenariosIT extends Scenarios {
    private static final int LONG = 30;

    /** More events than one batch may hold. */
    private static final int BACKLOG = 2_000_000;

    @Test
    void resumesAfterComponentsWerePaused() throws IOException {
        try (SystemUnderTest own = new SystemUnderTest(folder.resolve("stand-still"), Map.of());
                Scenario scenario = new Scenario(own)) {
            own.startBroker();
            scenario.startJob();
            scenario.publish();
            own.validator().start();
            validatorCounts(own, Scenario.EVENTS);

            scenario.job().freeze();
            own.validator().freeze();
            scenario.send();
            pass(LONG);
            scenario.job().thaw();
            own.validator().thaw();
            scenario.caughtUp();
            validatorCounts(own, 2 * Scenario.EVENTS);
            Fault.JOB_AND_VALIDATOR_FROZEN.isSeenAs();

            own.broker().freeze();
            pass(LONG);
            String frozen = scenario.said("Waiting to read topic events");
            own.broker().thaw();
            scenario.publish();
            scenario.saidNoStackTrace(scenario.job());
            scenario.isRight();
            Fault.BROKER_FROZEN.isSeenAs(frozen);
        }
    }

    private static void validatorCounts(SystemUnderTest system, int rows) {
        await("the validator counts " + rows).atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        system.get("/aggregates"))
                .as("answer of the validator, see " + system.validator().log())
                .hasValueSatisfying(answer -> assertThat(answer).contains("\"totalRows\":" + rows + ",")));
    }

    @Test
    void resumesAfterTheBrokerWasAway() throws IOException {
        try (SystemUnderTest own = new SystemUnderTest(folder.resolve("away"), Map.of());
                Scenario scenario = new Scenario(own)) {
            own.startBroker();
            scenario.startJob();
            own.producer().start(SystemUnderTest.SAY_ACKED);
            producerSends(own);
            own.producer().freeze();
            pass(LONG);
            own.producer().thaw();
            producerSends(own);
            Fault.PRODUCER_FROZEN.isSeenAs();

            own.broker().kill();
            pass(2 * LONG);
            long lines = scenario.timesSaid("Waiting to read");
            String away = scenario.said("Waiting to read topic events");
            own.startBroker();
            producerSends(own);
            assertThat(own.producer().terminate()).isTrue();
            scenario.caughtUp();
            assertThat(lines).as("lines in 60 s").isBetween(3L, 7L);
            String resumes = scenario.said("Publishing resumes");
            Fault.BROKER_DOWN.isSeenAs(away, resumes);

            scenario.send();
            own.broker().kill();
            scenario.endsAtSigterm();
            own.startBroker();
            scenario.startJob();
            scenario.caughtUp();
            scenario.isRight();
            new PublishedOutput(own).assertKafkaHasEachAckedEventOnce(own.acked());
            Fault.SIGTERM_WITHOUT_BROKER.isSeenAs();
        }
    }

    @Test
    void takesLargeBatchesAtOnce() throws IOException {
        Map<String, String> settings = Map.of(
                Settings.TRIGGER_INTERVAL.name(),
                "1h",
                Settings.MSGS_PER_SEC.name(),
                "max",
                Settings.EVENT_LIMIT.name(),
                "" + BACKLOG);
        try (SystemUnderTest own = new SystemUnderTest(folder.resolve("backlog"), settings);
                Scenario scenario = new Scenario(own)) {
            own.startBroker();
            own.producer().start(Map.of());
            assertThat(own.producer().hasEndedWithin(120))
                    .as("the producer has sent all")
                    .isTrue();

            scenario.startJob();

            scenario.caughtUp();
            // The first one is small.
            assertThat(own.batches()).isEqualTo(3);
            Fault.BACKLOG.isSeenAs();
        }
    }

    @Test
    void publishesOnAfterTheWallClockWasSet() throws IOException {
        WallClock clock = WallClock.inFolder(folder.resolve("clock"));
        Map<String, String> settings = new HashMap<>(clock.environment());
        settings.put(Settings.TRIGGER_INTERVAL.name(), "10s");
        settings.put("VALIDATOR_VALIDATE_EVERY", "2s");
        try (SystemUnderTest own = new SystemUnderTest(folder.resolve("set-clock"), settings);
                Scenario scenario = new Scenario(own)) {
            own.startBroker();
            scenario.startJob();
            own.validator().start();
            scenario.publish();

            for (int hours : List.of(-1, 24, -24)) {
                clock.set(Duration.ofHours(hours));
                long set = System.nanoTime();
                scenario.publish();
                assertThat(Duration.ofNanos(System.nanoTime() - set))
                        .as("until the next batch, after the clock was set by " + hours + " h")
                        .isLessThan(Duration.ofSeconds(30));
                // After a step forward Kafka's clients connect again.
                scenario.publish();
                measuresAllRows(own);
            }
            assertThat(scenario.timesSaid("The wall clock was set back")).isEqualTo(2);
            String back = scenario.said("The wall clock was set back");
            scenario.isRight();
            Fault.WALL_CLOCK_SET.isSeenAs(back);
        }
    }

    /** Without a request: the validator's own work goes on, too. */
    private static void measuresAllRows(SystemUnderTest system) throws IOException {
        String rows = String.format(Locale.ROOT, "\nvalidator_rows %.1f\n", (double) system.committedEvents());
        await("the metrics have all rows").atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        system.get("/q/metrics"))
                .hasValueSatisfying(metrics -> assertThat(metrics).contains(rows)));
    }

    private static void producerSends(SystemUnderTest system) {
        long before = system.eventsInKafka();
        await("the producer sends").atMost(Duration.ofMinutes(1)).until(() -> system.eventsInKafka() > before);
    }

    /** Waits for a fixed time, since time is the fault. */
    private static void pass(int seconds) {
        await().pollDelay(seconds, TimeUnit.SECONDS)
                .atMost(seconds + 5L, TimeUnit.SECONDS)
                .until(() -> true);
    }
}

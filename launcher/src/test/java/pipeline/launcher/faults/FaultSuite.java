package pipeline.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import pipeline.events.settings.Settings;

/**
 * Lets a stream flow, hurts every part of the pipeline by a {@link Schedule} while readers look on, lets it recover, and
 * reckons up. Each round is one life of the job and ends with its death.
 */
final class FaultSuite {
    private static final String KILL_BEHIND = "pipeline.killBehind";
    private static final Duration START = Duration.ofMinutes(2);
    private static final int KILLED_AT_STEP = 137;

    private final Schedule schedule;
    private final long events;
    private final int batches;
    private final Bench bench;
    private final Consumer<String> out;
    private final Map<String, Integer> faults = new TreeMap<>();
    private final List<String> unexpected = new ArrayList<>();

    /**
     * @param events in Kafka when the producer may stop
     * @param batches in the ledger then
     * @param rate events a second
     * @param out takes the suite's own lines
     */
    FaultSuite(Path root, Schedule schedule, long events, int batches, int rate, Consumer<String> out)
            throws IOException {
        this.schedule = schedule;
        this.events = events;
        this.batches = batches;
        this.out = out;
        this.bench = new Bench(root, Map.of(Settings.MSGS_PER_SEC, Integer.toString(rate)));
    }

    void run() throws IOException {
        out.accept("seed " + schedule.seed() + ", " + schedule.rounds().size() + " rounds");
        ForeignReader foreign = new ForeignReader(bench.tree().parquet());
        AggregatesReader aggregates = new AggregatesReader(bench);
        try (bench) {
            bench.startBroker();
            bench.validator().start();
            bench.producer().start(Bench.SAY_ACKED);
            await("the first events").atMost(START).until(() -> bench.eventsInKafka() > 0);
            Observers observers = new Observers(foreign, aggregates);
            try (observers;
                    MalformedSender malformed = new MalformedSender(bench.bootstrapServers(), bench.topicName())) {
                for (int i = 0; i < schedule.rounds().size(); i++) {
                    out.accept("round " + (i + 1) + ": " + schedule.rounds().get(i));
                    run(schedule.rounds().get(i));
                }
                bench.job().start();
                await("%d events in Kafka, %d batches".formatted(events, batches))
                        .atMost(Duration.ofMinutes(30))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> bench.eventsInKafka() >= events && bench.batches() >= batches);
            }
            assertThat(bench.producer().terminate())
                    .as("the producer ends at SIGTERM")
                    .isTrue();
            await("the job has caught up")
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(bench::isCaughtUp);
            foreign.poll();
            aggregates.poll();
            reckon(observers);
        }
    }

    private void run(Schedule.Round round) throws IOException {
        long before = bench.committedEvents();
        bench.job().start(round.step().map(step -> Map.of(KILL_BEHIND, step)).orElse(Map.of()));
        hurtAnother(round);
        if (round.step().isPresent()) {
            if (!bench.job().hasEndedWithin(START.toSeconds()) || bench.job().exitCode() != KILLED_AT_STEP) {
                unexpected.add("the job did not die behind " + round.step().get() + ", see "
                        + bench.job().log());
            }
            count("job killed behind " + round.step().get());
            bench.job().kill();
        } else {
            await("the job publishes again")
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() ->
                            bench.committedEvents() > before || !bench.job().isAlive());
            pause(round.runMillis());
            if (!bench.job().isAlive()) {
                unexpected.add("the job ended by itself with " + bench.job().exitCode() + ", see "
                        + bench.job().log());
            }
            killJobWith(round.companion());
        }
    }

    private void killJobWith(Schedule.Companion companion) {
        count("job killed at any moment"
                + (companion == Schedule.Companion.NONE
                        ? ""
                        : ", with the " + companion.name().toLowerCase(Locale.ROOT)));
        switch (companion) {
            case NONE -> bench.job().kill();
            case PRODUCER -> killJobAnd(bench.producer());
            case VALIDATOR -> killJobAnd(bench.validator());
            case BROKER -> killJobAnd(bench.broker());
        }
    }

    private void killJobAnd(Victim other) {
        Victim.killAtOnce(bench.job(), other);
        startAgain(other);
    }

    private void hurtAnother(Schedule.Round round) {
        if (round.other() != Schedule.OtherFault.NONE) {
            count(round.other().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        switch (round.other()) {
            case NONE -> {}
            case KILL_PRODUCER -> kill(bench.producer());
            case TERMINATE_PRODUCER -> terminate(bench.producer());
            case FREEZE_PRODUCER -> freeze(bench.producer(), round);
            case KILL_VALIDATOR -> kill(bench.validator());
            case TERMINATE_VALIDATOR -> terminate(bench.validator());
            case FREEZE_VALIDATOR -> freeze(bench.validator(), round);
            case KILL_BROKER -> kill(bench.broker());
            case TERMINATE_BROKER -> terminate(bench.broker());
            case FREEZE_BROKER -> freeze(bench.broker(), round);
            case FREEZE_JOB -> freeze(bench.job(), round);
        }
    }

    private void kill(Victim victim) {
        victim.kill();
        startAgain(victim);
    }

    private void terminate(Victim victim) {
        victim.terminate();
        startAgain(victim);
    }

    private void startAgain(Victim victim) {
        if (victim == bench.broker()) {
            bench.startBroker();
        } else {
            victim.start(victim == bench.producer() ? Bench.SAY_ACKED : Map.of());
        }
    }

    private static void freeze(Victim victim, Schedule.Round round) {
        victim.freeze();
        pause(round.freezeSeconds() * 1_000L);
        victim.thaw();
    }

    /** Time is what the faults are about; nothing is asserted on what has happened in it. */
    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void count(String fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    private void reckon(Observers observers) throws IOException {
        Reckoning reckoning = new Reckoning(bench);
        List<String> acked = bench.acked();
        faults.forEach((fault, times) -> out.accept("  " + times + " × " + fault));
        observers.summaries().forEach(line -> out.accept("  " + line));
        out.accept("  " + acked.size() + " events acknowledged to the producer in "
                + bench.producer().starts() + " sessions");
        out.accept("  " + reckoning.summary());
        assertThat(unexpected).isEmpty();
        assertThat(observers.complaints()).isEmpty();
        assertThat(deepCheck()).isEqualTo("OK");
        reckoning.assertEveryOffsetIsThereExactlyOnce();
        reckoning.assertContentsAreWhatWasSent();
        reckoning.assertLedgerIsContinuous();
        reckoning.assertKafkaHasEachAckedEventOnce(acked);
        assertThat(acked).hasSizeGreaterThan((int) (events / 2));
        out.accept("  0 lost, 0 duplicated, 0 torn reads");
    }

    /** Returns what the validator says of the promise, which is the one request anyone can make. */
    private String deepCheck() throws IOException {
        JsonNode answer =
                new ObjectMapper().readTree(bench.get("/validation?deep=true").orElseThrow());
        for (JsonNode check : answer.get("checks")) {
            if (check.get("name").asText().equals("exactly-once")) {
                out.accept("  " + check);
                return check.get("status").asText();
            }
        }
        return "no such check: " + answer;
    }
}

package pipeline.endtoend.faults;

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
import pipeline.endtoend.system.KillableProcess;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.settings.Settings;

/**
 * Runs the pipeline, injects the faults of a {@link FaultSchedule} into every component while readers watch the output, lets
 * the pipeline recover, and checks the result. Each round is one start of the job and ends with its death.
 */
public final class FaultRun {
    private static final String CRASHING_JOB = "pipeline.streaming.demo.CrashingJob";
    private static final Duration START = Duration.ofMinutes(2);
    private static final int KILLED_AT_STEP = 137;

    private final FaultSchedule schedule;
    private final long events;
    private final int batches;
    private final SystemUnderTest system;
    private final Workload workload;
    private final Consumer<String> out;
    private final Map<String, Integer> faults = new TreeMap<>();
    private final List<String> unexpected = new ArrayList<>();

    /**
     * @param events minimum number of events in Kafka before the producer stops
     * @param batches minimum number of batches in the ledger at that point
     * @param rate events per second
     * @param out receives the progress lines
     */
    FaultRun(Path root, FaultSchedule schedule, long events, int batches, int rate, Consumer<String> out)
            throws IOException {
        this(new SystemUnderTest(root, rate(rate)), schedule, events, batches, out);
    }

    FaultRun(SystemUnderTest system, FaultSchedule schedule, long events, int batches, Consumer<String> out) {
        this(system, new BuiltInWorkload(), schedule, events, batches, out);
    }

    public FaultRun(
            SystemUnderTest system,
            Workload workload,
            FaultSchedule schedule,
            long events,
            int batches,
            Consumer<String> out) {
        this.schedule = schedule;
        this.events = events;
        this.batches = batches;
        this.out = out;
        this.system = system;
        this.workload = workload;
    }

    public static Map<String, String> rate(int eventsPerSecond) {
        return Map.of(Settings.MSGS_PER_SEC.name(), Integer.toString(eventsPerSecond));
    }

    public void run() throws IOException {
        out.accept("seed " + schedule.seed() + ", " + schedule.rounds().size() + " rounds");
        List<Observer> readers = new ArrayList<>();
        readers.add(workload.reader(system));
        try (system) {
            system.startBroker();
            if (workload.isForValidator()) {
                readers.add(new AggregatesReader(system));
                system.validator().start();
            }
            system.producer().start(SystemUnderTest.SAY_ACKED);
            await("the first events").atMost(START).until(() -> system.eventsInKafka() > 0);
            Observers observers = new Observers(readers.toArray(Observer[]::new));
            try (observers;
                    SteadySender sender = workload.start(system)) {
                for (int i = 0; i < schedule.rounds().size(); i++) {
                    out.accept("round " + (i + 1) + ": " + schedule.rounds().get(i));
                    workload.prepare(i);
                    run(schedule.rounds().get(i));
                }
                workload.prepare(schedule.rounds().size());
                system.job().start();
                await("%d events in Kafka, %d batches".formatted(events, batches))
                        .atMost(Duration.ofMinutes(30))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> system.eventsInKafka() >= events && system.batches() >= batches);
            }
            assertThat(system.producer().terminate())
                    .as("the producer ends at SIGTERM")
                    .isTrue();
            await("the job has caught up")
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(system::isCaughtUp);
            for (Observer reader : readers) {
                reader.poll();
            }
            verify(observers);
        }
    }

    private void run(FaultSchedule.Round round) throws IOException {
        long before = system.committedEvents();
        round.step()
                .ifPresentOrElse(
                        step -> system.job().startMain(CRASHING_JOB, Map.of("pipeline.killAfter", step)),
                        system.job()::start);
        injectOtherFault(round);
        if (round.step().isPresent()) {
            if (!system.job().hasEndedWithin(START.toSeconds()) || system.job().exitCode() != KILLED_AT_STEP) {
                unexpected.add("the job did not die after " + round.step().get() + ", see "
                        + system.job().log());
            }
            count("job killed after " + round.step().get());
            system.job().kill();
        } else {
            awaitMoreThan(before);
            if (workload.disturb()) {
                awaitMoreThan(system.committedEvents());
            }
            pause(round.runMillis());
            if (!system.job().isAlive()) {
                unexpected.add("the job ended unexpectedly with " + system.job().exitCode() + ", see "
                        + system.job().log());
            }
            killJobWith(round.companion());
        }
    }

    /** Waits for another batch, or for the end of the job. */
    private void awaitMoreThan(long committed) {
        await("the job publishes again")
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(() ->
                        system.committedEvents() > committed || !system.job().isAlive());
    }

    private void killJobWith(FaultSchedule.Companion companion) {
        count("job killed at any moment"
                + (companion == FaultSchedule.Companion.NONE
                        ? ""
                        : ", with the " + companion.name().toLowerCase(Locale.ROOT)));
        switch (companion) {
            case NONE -> system.job().kill();
            case PRODUCER -> killJobAnd(system.producer());
            case VALIDATOR -> killJobAnd(system.validator());
            case BROKER -> killJobAnd(system.broker());
        }
    }

    private void killJobAnd(KillableProcess other) {
        KillableProcess.killAtOnce(system.job(), other);
        restart(other);
    }

    private void injectOtherFault(FaultSchedule.Round round) {
        if (round.other() != FaultSchedule.OtherFault.NONE) {
            count(round.other().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        switch (round.other()) {
            case NONE -> {}
            case KILL_PRODUCER -> kill(system.producer());
            case TERMINATE_PRODUCER -> terminate(system.producer());
            case FREEZE_PRODUCER -> freeze(system.producer(), round);
            case KILL_VALIDATOR -> kill(system.validator());
            case TERMINATE_VALIDATOR -> terminate(system.validator());
            case FREEZE_VALIDATOR -> freeze(system.validator(), round);
            case KILL_BROKER -> kill(system.broker());
            case TERMINATE_BROKER -> terminate(system.broker());
            case FREEZE_BROKER -> freeze(system.broker(), round);
            case FREEZE_JOB -> freeze(system.job(), round);
        }
    }

    private void kill(KillableProcess process) {
        process.kill();
        restart(process);
    }

    private void terminate(KillableProcess process) {
        process.terminate();
        restart(process);
    }

    private void restart(KillableProcess process) {
        if (process == system.broker()) {
            system.startBroker();
        } else {
            process.start(process == system.producer() ? SystemUnderTest.SAY_ACKED : Map.of());
        }
    }

    private static void freeze(KillableProcess process, FaultSchedule.Round round) {
        process.freeze();
        pause(round.freezeSeconds() * 1_000L);
        process.thaw();
    }

    /** A freeze lasts for a fixed time; no assertion depends on what happens during it. */
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

    private void verify(Observers observers) throws IOException {
        TopicComparison<?> check = workload.output(system);
        List<String> acked = system.acked();
        faults.forEach((fault, times) -> out.accept("  " + times + " × " + fault));
        observers.summaries().forEach(line -> out.accept("  " + line));
        out.accept("  " + acked.size() + " events acknowledged to the producer in "
                + system.producer().starts() + " sessions");
        out.accept("  " + check.summary());
        assertThat(unexpected).isEmpty();
        assertThat(observers.complaints()).isEmpty();
        if (workload.isForValidator()) {
            assertThat(deepCheck()).isEqualTo("OK");
        }
        check.assertIsRight();
        check.assertKafkaHasEachAckedEventOnce(acked);
        assertThat(acked).hasSizeGreaterThan((int) (events / 2));
        out.accept("  0 lost, 0 duplicated, 0 torn reads");
    }

    /** Returns the status of the validator's exactly-once check. */
    private String deepCheck() throws IOException {
        JsonNode answer =
                new ObjectMapper().readTree(system.get("/validation?deep=true").orElseThrow());
        for (JsonNode check : answer.get("checks")) {
            if (check.get("name").asText().equals("exactly-once")) {
                out.accept("  " + check);
                return check.get("status").asText();
            }
        }
        return "no such check: " + answer;
    }
}

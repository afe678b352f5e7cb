package pipeline.endtoend.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import pipeline.endtoend.faults.AggregatesReader;
import pipeline.endtoend.faults.ForeignReader;
import pipeline.endtoend.faults.Observers;
import pipeline.endtoend.faults.PublishedOutput;
import pipeline.endtoend.system.KillableProcess;
import pipeline.endtoend.system.SystemUnderTest;

/** Kills job and broker at random while somebody fills the topic and readers watch the output. */
final class Killing {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SystemUnderTest system;
    private final Random random;
    private final ForeignReader foreign;
    private final AggregatesReader aggregates;

    Killing(SystemUnderTest system, long seed) {
        this.system = system;
        this.random = new Random(seed);
        this.foreign = new ForeignReader(system.tree().parquet());
        this.aggregates = new AggregatesReader(system);
    }

    /** Returns the result, after the job has caught up. Nobody may have seen a torn file, a duplicate, or a count that fell. */
    PublishedOutput run(int kills, List<? extends Filler> fillers) throws IOException {
        system.validator().start();
        Observers observers = new Observers(foreign, aggregates);
        try (observers) {
            killWhile(fillers, kills);
        }
        system.awaitCaughtUp(PATIENCE);
        foreign.poll();
        aggregates.poll();
        observers.summaries().forEach(System.out::println);
        assertThat(observers.complaints()).isEmpty();
        assertThat(deepCheck(system)).contains("\"status\":\"OK\"");
        PublishedOutput check = new PublishedOutput(system);
        System.out.println(kills + " kills, " + check.summary());
        check.assertLedgerIsContinuous();
        check.assertLedgerAccountsForEveryOffset();
        check.assertContentsAreWhatWasSent();
        return check;
    }

    private void killWhile(List<? extends Filler> fillers, int kills) throws IOException {
        fillers.forEach(Filler::start);
        try {
            for (int kill = 0; kill < kills; kill++) {
                killOnce();
            }
            if (!system.job().isAlive()) {
                system.job().start();
            }
            await("the topic is filled").atMost(Duration.ofMinutes(30)).until(() -> fillers.stream()
                    .allMatch(Filler::hasSentEnough));
        } finally {
            fillers.forEach(Filler::close);
        }
    }

    private void killOnce() throws IOException {
        KillableProcess job = system.job();
        long before = system.committedEvents();
        if (!job.isAlive()) {
            job.start();
        }
        await("the job publishes")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    assertThat(job.isAlive()).as("see " + job.log()).isTrue();
                    return system.committedEvents() > before;
                });
        pause(random.nextInt(2_000));
        switch (random.nextInt(3)) {
            case 0 -> job.kill();
            case 1 -> restart(system.broker());
            default -> {
                KillableProcess.killAtOnce(job, system.broker());
                system.startBroker();
            }
        }
    }

    private void restart(KillableProcess broker) {
        broker.kill();
        system.startBroker();
    }

    /** No assertion depends on what happens meanwhile. */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what the validator finds when it reads every row. */
    static String deepCheck(SystemUnderTest system) throws IOException {
        JsonNode answer = JSON.readTree(system.get("/validation?deep=true").orElseThrow());
        for (JsonNode check : answer.get("checks")) {
            if (check.get("name").asText().equals("exactly-once")) {
                return check.toString();
            }
        }
        return answer.toString();
    }
}

package pipeline.endtoend.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.SteadySender;
import pipeline.endtoend.system.KillableProcess;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.SampleEvents;
import pipeline.events.settings.Settings;

/** Two jobs that write one run, as if they were on two machines: each has working memory of its own, so no lock keeps them apart. */
@Tag("long")
class TableRacesIT {
    private static final int RACES = 5;
    private static final Duration PAUSE = Duration.ofMillis(10);

    @Test
    void ofTwoJobsOneStopsWithACatalogInSqlite(@TempDir Path folder) throws IOException {
        race(folder, Catalogs.sqlite(folder));
    }

    @Test
    void ofTwoJobsOneStopsWithACatalogInPostgres(@TempDir Path folder) throws IOException {
        try (PostgresServer server = PostgresServer.start(folder)) {
            race(folder, Catalogs.postgres(folder, server));
        }
    }

    private static void race(Path folder, Path catalog) throws IOException {
        TableReaders readers = TableReaders.of(catalog, folder);
        try (SystemUnderTest system = Catalogs.system(folder, catalog, Map.of());
                SystemUnderTest other =
                        system.beside("other", Map.of(Settings.KAFKA_TOPIC.name(), system.topicName()))) {
            system.startBroker();
            List<KillableProcess> jobs = List.of(system.job(), other.job());
            SteadySender sender = new SteadySender(system.kafka(), PAUSE, TableRacesIT::event);
            try (sender) {
                for (int race = 0; race < RACES; race++) {
                    race(system, jobs);
                }
            }
            system.job().start();
            system.awaitCaughtUp(Duration.ofMinutes(2));
            assertThat(system.job().terminate()).isTrue();
            TableOutput output = TableOutput.read(system, readers, "pyiceberg");
            System.out.println(output.summary());
            output.assertIsRight();
        }
    }

    /** Both jobs publish what keeps arriving, until one of them finds the other's commit. */
    private static void race(SystemUnderTest system, List<KillableProcess> jobs) throws IOException {
        jobs.forEach(KillableProcess::start);
        await("the end of one job").atMost(Duration.ofMinutes(3)).until(() -> jobs.stream()
                .anyMatch(job -> !job.isAlive()));
        boolean isFirst = !jobs.get(0).isAlive();
        KillableProcess loser = jobs.get(isFirst ? 0 : 1);
        KillableProcess winner = jobs.get(isFirst ? 1 : 0);
        assertThat(loser.exitCode()).as("see " + loser.log()).isEqualTo(1);
        assertThat(loser.linesOfThisLife())
                .anyMatch(line -> line.matches("Another job has committed batch [0-9]+ of run 1: two jobs write table"
                        + " .*run_1. Stop one of them, then start this one again."));
        long committed = system.committedEvents();
        await("the other job publishes")
                .atMost(Duration.ofMinutes(1))
                .until(() -> system.committedEvents() > committed || !winner.isAlive());
        assertThat(winner.terminate()).isTrue();
        assertThat(winner.exitCode()).as("see " + winner.log()).isEqualTo(143);
    }

    private static byte[] event(long n) {
        return (n % 10 == 0 ? "oops" : SampleEvents.jsonWith("source", "\"" + n + "\""))
                .getBytes(StandardCharsets.UTF_8);
    }
}

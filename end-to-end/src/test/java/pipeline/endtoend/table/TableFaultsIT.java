package pipeline.endtoend.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.FaultRun;
import pipeline.endtoend.faults.FaultSchedule;
import pipeline.endtoend.system.SystemUnderTest;

/**
 * The fault run with tables, whose catalog is in SQLite or in PostgreSQL. {@code faults.seed}, {@code faults.kills},
 * {@code faults.events} and {@code faults.rate} change the long forms, as they do the run of a tree.
 */
class TableFaultsIT {
    /** Those of the publication steps that a table has. */
    private static final List<String> STEPS = List.of("STAGED", "COUNTED", "PREPARED", "COMMITTED", "CLEANED");

    @Test
    @Tag("slow")
    void neitherLosesNorDuplicatesEventsWhenTheJobIsKilledAfterEachStep(@TempDir Path folder) throws IOException {
        run(folder, Catalogs.sqlite(folder), Optional.empty(), FaultSchedule.withoutValidator(33, STEPS, 0), 5_000, 6);
    }

    @Test
    @Tag("long")
    void neitherLosesNorDuplicatesEventsWithACatalogInSqlite(@TempDir Path folder) throws IOException {
        run(folder, Catalogs.sqlite(folder), Optional.empty(), schedule(30, 2), 100_000, 30);
    }

    /** Its server is killed between two starts of the job, and while the job publishes. */
    @Test
    @Tag("long")
    void neitherLosesNorDuplicatesEventsWhenTheServerOfTheCatalogIsKilledToo(@TempDir Path folder) throws IOException {
        try (PostgresServer server = PostgresServer.start(folder)) {
            run(folder, Catalogs.postgres(folder, server), Optional.of(server), schedule(10, 1), 20_000, 10);
            System.out.println("  " + server.kills() + " × PostgreSQL killed");
        }
    }

    private static FaultSchedule schedule(int kills, int hitsPerStep) {
        List<String> steps = IntStream.range(0, hitsPerStep)
                .boxed()
                .flatMap(i -> STEPS.stream())
                .toList();
        return FaultSchedule.withoutValidator(
                Long.getLong("faults.seed", System.nanoTime()),
                steps,
                Integer.getInteger("faults.kills", kills) - steps.size());
    }

    private static void run(
            Path folder,
            Path catalog,
            Optional<PostgresServer> server,
            FaultSchedule schedule,
            long events,
            int batches)
            throws IOException {
        Map<String, String> rate = FaultRun.rate(Integer.getInteger("faults.rate", 250));
        SystemUnderTest system = Catalogs.system(folder, catalog, rate);
        try (TableWorkload workload = new TableWorkload(system, TableReaders.of(catalog, folder), server)) {
            long wanted = Long.getLong("faults.events", events);
            new FaultRun(system, workload, schedule, wanted, batches, System.out::println).run();
        }
    }
}

package pipeline.streaming.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static pipeline.streaming.iceberg.Lake.offsets;
import static pipeline.streaming.iceberg.Lake.withRejected;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.settings.InvalidSettingException;
import pipeline.streaming.iceberg.Lake.Job;

/** With a catalog in PostgreSQL; skipped where Debian's package is not installed. */
@Tag("slow")
class PostgresCatalogTest {
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    private Postgres server;
    private Lake lake;

    @BeforeEach
    void startServer() throws Exception {
        server = Postgres.installed().orElse(null);
        assumeTrue(server != null, "PostgreSQL is not installed");
        lake = new Lake(folder);
        lake.write(server.properties() + "warehouse=" + folder.resolve("lake"));
    }

    @AfterEach
    void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void ofTwoJobsOneStops() throws Exception {
        new Races(lake).ofTwoJobsOneStops();
    }

    @Test
    void twoJobsThatFinishTheSameBatchAppendItsRejectedEventsOnce() throws Exception {
        new Races(lake).bothFinishABatch();
    }

    @Test
    void hasEachOffsetOnceAlthoughTheServerIsKilled() throws Exception {
        lake.start().close();
        Random random = new Random(7);
        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                Future<?> killed = killer.schedule(server::kill, random.nextInt(3_000), TimeUnit.MILLISECONDS);

                assertThat(publishUntilItFails())
                        .isInstanceOfAny(InvalidSettingException.class, UncheckedSQLException.class);

                killed.get(1, TimeUnit.MINUTES);
                server.start();
                try (Job next = lake.start()) {
                    assertThat(lake.offsets())
                            .isEqualTo(
                                    offsets(next.publisher().next().readFrom().get(0)));
                }
            }
        } finally {
            killer.shutdownNow();
        }
        assertThat(lake.record().orElseThrow().commit().seq()).isGreaterThan(KILLS);
    }

    private RuntimeException publishUntilItFails() throws IOException {
        try (Job job = lake.start()) {
            while (true) {
                job.publish(withRejected(job.publisher().next().readFrom().get(0)));
            }
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void waitsForTheServerAndResumes() throws Exception {
        try (Job job = lake.start()) {
            job.publish(withRejected(0));
            server.kill();
            Throwable failure = catchThrowable(() -> job.publish(withRejected(10)));
            ScheduledExecutorService starter = Executors.newSingleThreadScheduledExecutor();
            Future<?> started = starter.schedule(
                    () -> {
                        server.start();
                        return null;
                    },
                    2,
                    TimeUnit.SECONDS);

            assertThat(job.sink().isInterruption(failure)).isTrue();
            job.sink().requireUsable();

            started.get(1, TimeUnit.MINUTES);
            starter.shutdownNow();
            assertThat(job.sink().recover().orElseThrow().seq()).isZero();
            job.publish(withRejected(10));
        }
        assertThat(lake.offsets()).isEqualTo(offsets(20));
    }

    @Test
    void saysInOneLineThatThePasswordIsWrong() {
        lake.write(server.properties().replace(Postgres.PASSWORD, "falsch") + "warehouse=" + folder.resolve("lake"));

        assertThatThrownBy(() -> lake.start())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "ICEBERG_CONFIG_FILE=" + lake.config + " is not allowed: the catalog " + server.url()
                                + " cannot be used (PSQLException: FATAL: password authentication failed for user \"pipeline\")");
    }
}

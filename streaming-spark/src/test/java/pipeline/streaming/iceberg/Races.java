package pipeline.streaming.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static pipeline.streaming.KafkaRecords.NOT_JSON;
import static pipeline.streaming.KafkaRecords.events;
import static pipeline.streaming.KafkaRecords.record;
import static pipeline.streaming.iceberg.Lake.offsets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.iceberg.Lake.Job;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.publish.PublicationStep;

/** Two jobs that do the same at the same time, again and again. */
record Races(Lake lake) {
    static final int COUNT = 20;

    private static final int EVENTS = 5;

    void ofTwoJobsOneStops() throws Exception {
        lake.start().close();
        for (int race = 0; race < COUNT; race++) {
            long from = race * (EVENTS + 1L);
            CyclicBarrier prepared = new CyclicBarrier(2);

            List<Optional<String>> outcomes = both(() -> publish(from, prepared));

            assertThat(outcomes)
                    .containsExactlyInAnyOrder(
                            Optional.empty(),
                            Optional.of("Another job has committed batch " + race + " of run 1: two jobs write table"
                                    + " pipeline.pipeline.run_1. Stop one of them, then start this one again."));
            assertThat(lake.offsets()).isEqualTo(offsets(from + EVENTS + 1));
        }
        assertThat(lake.record().orElseThrow().total().rows()).isEqualTo(COUNT * EVENTS);
    }

    /** Publishes a batch once the other job has prepared it, too, and returns why the job stops. */
    private Optional<String> publish(long from, CyclicBarrier prepared) throws IOException {
        List<Row> records = new ArrayList<>(events(0, from, from + EVENTS));
        records.add(record(0, from + EVENTS, NOT_JSON));
        PublicationStep.Listener steps = step -> {
            if (step == PublicationStep.PREPARED) {
                await(prepared);
            }
        };
        try (Job job = lake.start(steps)) {
            job.publish(records);
            return Optional.empty();
        } catch (CannotContinueException e) {
            return Optional.of(e.getMessage());
        }
    }

    void bothFinishABatch() throws Exception {
        for (int race = 0; race < COUNT; race++) {
            try (Job doomed = lake.start(step -> {
                if (step == PublicationStep.COMMITTED) {
                    throw new IllegalStateException("crash");
                }
            })) {
                doomed.publish(List.of(record(0, race, NOT_JSON)));
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("crash");
            }
            CyclicBarrier opened = new CyclicBarrier(2);

            both(() -> {
                try (IcebergTable sink = lake.open(SchemaFile.builtIn(), step -> {})) {
                    await(opened);
                    return sink.recover();
                }
            });

            assertThat(lake.offsets()).isEqualTo(offsets(race + 1));
        }
    }

    static <T> List<T> both(Callable<T> job) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<T> one = threads.submit(job);
            Future<T> other = threads.submit(job);
            return List.of(one.get(2, TimeUnit.MINUTES), other.get(2, TimeUnit.MINUTES));
        } finally {
            threads.shutdownNow();
        }
    }

    static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

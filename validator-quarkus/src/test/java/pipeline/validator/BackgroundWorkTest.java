package pipeline.validator;

import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.SeenRuns;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;
import pipeline.validator.dataset.storage.Lanes;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.validation.Intervals;

@QuarkusTest
@WithTestResource(OutputDir.class)
class BackgroundWorkTest {
    Path outputDir;

    @Inject
    BackgroundWork work;

    @Inject
    Storage storage;

    @BeforeEach
    void clear() {
        OutputDir.reset(outputDir);
    }

    @Test
    void leavesNothingToReadForTheRequest() {
        new TestRun(outputDir, "1").commit(0, 1, 2);

        work.refresh();

        when().get("/aggregates").then().body("totalRows", equalTo(2)).body("files.readNow", equalTo(0));
    }

    @Test
    void survivesUnreachableStorage() {
        TestFiles.writeText(outputDir.resolve("parquet"), "a file in its place");

        work.refresh();

        when().get("/aggregates").then().statusCode(503);
    }

    @Test
    void repeatsItsWorkUntilTheStopEvenAfterAFailure() throws InterruptedException {
        AtomicInteger refreshes = new AtomicInteger();
        DatasetIndex failing = new DatasetIndex(storage, new SeenRuns(), Clock.systemUTC(), new SimpleMeterRegistry()) {
            @Override
            public DatasetSnapshot refresh(RunSelection selection) {
                refreshes.incrementAndGet();
                throw new IllegalStateException("as expected");
            }
        };
        BackgroundWork fresh = new BackgroundWork(
                failing,
                null,
                null,
                storage,
                new Lanes(storage),
                true,
                new Intervals(Duration.ofMillis(1), Duration.ofDays(1)));

        fresh.start(null);
        await().untilAtomic(refreshes, greaterThan(3));
        fresh.stop(null);

        int last = refreshes.get();
        await().during(Duration.ofMillis(50)).until(() -> refreshes.get() == last);
    }
}

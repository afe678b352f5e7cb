package pipeline.validator;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.SeenRuns;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;
import pipeline.validator.dataset.storage.Lanes;
import pipeline.validator.dataset.storage.Storage;

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

    /** The scheduler may call a new instance after the stop, too. */
    @Test
    void worksOnlyBetweenStartAndStop() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        DatasetIndex own = new DatasetIndex(storage, new SeenRuns(), Clock.systemUTC(), meters);
        BackgroundWork fresh = new BackgroundWork(own, null, null, storage, new Lanes(storage));

        fresh.refresh();
        assertThat(meters.get("validator.refresh").timer().count()).isZero();

        fresh.start(null);
        fresh.refresh();
        assertThat(meters.get("validator.refresh").timer().count()).isOne();

        fresh.stop(null);
        fresh.refresh();
        assertThat(meters.get("validator.refresh").timer().count()).isOne();
    }
}

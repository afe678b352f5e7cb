package pipeline.validator;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;

@QuarkusTest
@WithTestResource(OutputDir.class)
class IndexWarmerTest {
    Path outputDir;

    @Inject
    IndexWarmer warmer;

    @BeforeEach
    void clear() {
        OutputDir.delete(outputDir);
    }

    @Test
    void leavesNothingToReadForTheRequest() {
        new TestRun(outputDir, "1").commit(0, 1, 2);

        warmer.refresh();

        when().get("/aggregates").then().body("totalRows", equalTo(2)).body("files.readNow", equalTo(0));
    }

    @Test
    void survivesUnreachableStorage() {
        TestFiles.writeText(outputDir.resolve("parquet"), "a file in its place");

        warmer.refresh();

        when().get("/aggregates").then().statusCode(503);
    }
}

package pipeline.validator.dataset.recent;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.SeenRuns;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.Workers;

class HeadTest {
    @TempDir
    Path outputDir;

    private DatasetIndex index;
    private RunRows rows;
    private final Workers workers = new Workers();

    @BeforeEach
    void open() {
        Storage storage = new LocalStorage(outputDir.resolve("parquet"));
        index = new DatasetIndex(storage, new SeenRuns(), Clock.systemUTC(), new SimpleMeterRegistry());
        rows = new RunRows(workers);
    }

    @AfterEach
    void close() {
        index.close();
        workers.close();
    }

    private List<Double> head(int limit) {
        return rows.head(index.refresh(new RunSelection("all")).runs(), limit).stream()
                .map(Row::value)
                .toList();
    }

    @Test
    void showsTheFirstRowsInTheOrderOfPaths() {
        new TestRun(outputDir, "1").commit(1, 10, 11).commit(0, 20).commit(1, 30);
        new TestRun(outputDir, "2").commit(0, 40);

        assertThat(head(4)).containsExactly(20d, 10d, 11d, 30d);
        assertThat(head(100)).containsExactly(20d, 10d, 11d, 30d, 40d);
        assertThat(head(1)).containsExactly(20d);
        assertThat(head(0)).isEmpty();
    }

    @Test
    void showsAnotherFirstFileAsSoonAsThereIsOne() {
        TestRun run = new TestRun(outputDir, "1").commit(1, 10);
        assertThat(head(1)).containsExactly(10d);

        run.commit(0, 20);

        assertThat(head(1)).containsExactly(20d);
    }

    @Test
    void showsTheRowsOfAFileThatWasReplaced() throws Exception {
        Path file = outputDir.resolve("parquet/run_1/id=0/a.parquet");
        TestFiles.writeValues(file, 1);
        assertThat(head(1)).containsExactly(1d);

        Files.delete(file);
        TestFiles.writeValues(file, 2, 2);

        assertThat(head(1)).containsExactly(2d);
    }
}

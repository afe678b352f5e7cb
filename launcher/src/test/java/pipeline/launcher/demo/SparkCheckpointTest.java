package pipeline.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkCheckpointTest {
    @TempDir
    private Path folder;

    private SparkCheckpoint checkpoint;

    @BeforeEach
    void makeCheckpoint() throws IOException {
        checkpoint = new SparkCheckpoint(folder.resolve("checkpoint"), "events");
    }

    @Test
    void isNowhereBeforeTheFirstStart() throws IOException {
        assertThat(checkpoint.until()).isEmpty();
    }

    @Test
    void endsWithTheLastBatchThatIsCommitted() throws IOException {
        offsets(9, 100);
        commit("9");
        offsets(10, 200);
        commit("10");
        commit(".11.f00.tmp");
        offsets(11, 300);

        assertThat(checkpoint.until()).isEqualTo(Map.of(0, 200L, 1, 7L));
    }

    private void offsets(int batch, long end) throws IOException {
        Path offsets = Files.createDirectories(checkpoint.folder().resolve("offsets"));
        Files.writeString(
                offsets.resolve(Integer.toString(batch)),
                "v1\n{\"batchWatermarkMs\":0}\n{\"events\":{\"0\":" + end + ",\"1\":7}}");
    }

    private void commit(String name) throws IOException {
        Path commits = Files.createDirectories(checkpoint.folder().resolve("commits"));
        Files.writeString(commits.resolve(name), "v1\n{}");
    }
}

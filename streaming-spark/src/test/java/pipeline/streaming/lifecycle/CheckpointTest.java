package pipeline.streaming.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Configuration HADOOP = new Configuration(false);

    /** Hadoop's paths are URIs, and Spark splits some settings at commas. */
    private static final String FOLDER = "a, b%20ü/averages";

    @TempDir
    private Path temp;

    private Path folder;
    private Checkpoint checkpoint;

    @BeforeEach
    void createFolder() throws IOException {
        folder = temp.resolve(FOLDER);
        Files.createDirectories(folder);
        checkpoint = Checkpoint.in(folder);
    }

    private void write(String offsets) throws IOException {
        Files.createDirectories(folder.resolve("offsets"));
        Files.writeString(folder.resolve("offsets/0"), offsets);
    }

    @Test
    void hasOffsetsOnceAQueryHasStarted() throws IOException {
        assertThat(checkpoint.hasOffsets(HADOOP)).isFalse();

        write("1");

        assertThat(checkpoint.hasOffsets(HADOOP)).isTrue();
    }

    @Test
    void isDeletedWithAllThatIsInIt() throws IOException {
        write("1");

        checkpoint.delete(HADOOP);
        checkpoint.delete(HADOOP);

        assertThat(folder).doesNotExist();
    }

    @Test
    void isSetAsideInPlaceOfTheLastOne() throws IOException {
        Path aside = folder.resolveSibling("averages.unusable");
        write("1");
        checkpoint.setAside(HADOOP);
        write("2");

        assertThat(checkpoint.setAside(HADOOP)).hasToString("Optional[" + aside + "]");

        assertThat(checkpoint.setAside(HADOOP)).isEmpty();
        assertThat(folder).doesNotExist();
        assertThat(aside.resolve("offsets/0")).hasContent("2");
    }
}

package pipeline.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeanLocalFileSystemTest {
    private final LeanLocalFileSystem files = new LeanLocalFileSystem();

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        files.initialize(URI.create("file:///"), new Configuration(false));
    }

    @Test
    void keepsTheInterruptOfAStoppingQuery() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        Thread.currentThread().interrupt();
        FileStatus status = files.getFileLinkStatus(hadoop(file));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(status.getLen()).isEqualTo(1);
    }

    @Test
    void reportsAMissingFile() {
        assertThatThrownBy(() -> files.getFileLinkStatus(hadoop(folder.resolve("none"))))
                .isInstanceOf(FileNotFoundException.class);
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }
}

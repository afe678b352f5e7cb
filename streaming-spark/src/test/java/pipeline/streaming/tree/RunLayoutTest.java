package pipeline.streaming.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.InvalidSettingException;

class RunLayoutTest {
    private static final Path OTHER_MOUNT = Path.of("/dev/shm");

    @TempDir
    Path output;

    @Test
    void createsTheFoldersAndLeavesNoProbeInThem() throws IOException {
        RunLayout folders = new RunLayout(new OutputTree(output), "1");

        folders.prepare();

        assertThat(folders.parquet()).isDirectoryNotContaining(Files::isRegularFile);
        assertThat(folders.ledger()).isEmptyDirectory();
        assertThat(folders.rejected()).isEmptyDirectory();
        assertThat(folders.staging()).isEmptyDirectory();
    }

    @Test
    void refusesAnOutputFolderItCannotCreate() throws IOException {
        Path file = Files.createFile(output.resolve("file"));

        assertThatThrownBy(new RunLayout(new OutputTree(file.resolve("sub")), "1")::prepare)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("OUTPUT_DIR=" + file.resolve("sub") + " is not allowed: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesStagingOnAnotherMount() throws IOException {
        assumeTrue(
                Files.isWritable(OTHER_MOUNT)
                        && !Files.getFileStore(OTHER_MOUNT).equals(Files.getFileStore(output)),
                OTHER_MOUNT + " is no other mount than " + output);
        Path elsewhere = Files.createTempDirectory(OTHER_MOUNT, "staging");
        try {
            Files.createSymbolicLink(output.resolve("staging"), elsewhere);

            assertThatThrownBy(new RunLayout(new OutputTree(output), "1")::prepare)
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("OUTPUT_DIR=" + output)
                    .hasMessageContaining("must be on the same mount");
        } finally {
            FileUtils.deleteDirectory(elsewhere.toFile());
        }
    }
}

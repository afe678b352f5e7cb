package pipeline.streaming.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    /** Uses a zip file as the file system: like exFAT and some network shares, it has no hard links. */
    @Test
    void refusesAFileSystemWithoutHardLinks() throws IOException {
        URI zip = URI.create("jar:" + output.resolve("tree.zip").toUri());
        try (FileSystem withoutLinks = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            RunLayout folders = new RunLayout(new OutputTree(withoutLinks.getPath("/out")), "1");
            for (Path folder : List.of(folders.staging(), folders.ledger(), folders.rejected(), folders.parquet())) {
                Files.createDirectories(folder);
            }

            assertThatThrownBy(folders::prepare)
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith("OUTPUT_DIR=/out is not allowed: the file system of /out/staging/run_1"
                            + " has no hard links")
                    .hasMessageNotContaining("\n");
        }
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

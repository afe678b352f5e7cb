package pipeline.streaming.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void movesNeverOverAnotherFile() throws IOException {
        Path source = Files.writeString(folder.resolve("source"), "new");
        Path target = Files.writeString(folder.resolve("target"), "old");

        assertThatThrownBy(() -> AtomicFiles.move(source, target)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("old");
        assertThat(source).hasContent("new");
    }

    @Test
    void writesANewFileAndLeavesNothingBesideIt() throws IOException {
        AtomicFiles.write(folder.resolve("target"), folder.resolve("aside"), "new".getBytes());

        assertThat(folder.resolve("target")).hasContent("new");
        assertThat(folder.resolve("aside")).doesNotExist();
    }

    @Test
    void letsOneOfTwoWritersFail() throws IOException {
        Path target = folder.resolve("target");
        AtomicFiles.writeExclusively(target, folder.resolve("aside"), "first".getBytes());

        assertThatThrownBy(() -> AtomicFiles.writeExclusively(target, folder.resolve("other"), "second".getBytes()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("first");
    }

    @Test
    void deletesATreeAndAcceptsThatThereIsNone() throws IOException {
        Path root = Files.createDirectories(folder.resolve("a/b")).getParent();
        Files.createFile(root.resolve("file"));

        FileUtils.deleteDirectory(root.toFile());
        FileUtils.deleteDirectory(root.toFile());

        assertThat(root).doesNotExist();
    }
}

package pipeline.validator.dataset.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.storage.BrokenStorage;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.Storage;

class TreeListingTest {
    @TempDir
    Path root;

    @Test
    void listsWhatReadersOfParquetSee() throws Exception {
        for (String path : new String[] {
            "run_1/id=0/b.parquet",
            "run_1/id=0/a.snappy.parquet",
            "run_1/c.parquet",
            "run_1/id=0/_hidden.parquet",
            "run_1/id=0/.hidden.parquet",
            "run_1/_chk/id=0/hidden.parquet",
            "run_1/.tmp/hidden.parquet",
            "run_1/id=0/a.txt",
            "run_2/id=0/other.parquet"
        }) {
            TestFiles.writeText(root.resolve(path), path);
        }
        Files.createDirectories(root.resolve("run_1/id=1/folder.parquet/id=2"));

        assertThat(TreeListing.of(new LocalStorage(root), "run_1").files().keySet())
                .containsExactly(
                        "run_1/c.parquet",
                        "run_1/id=0/a.snappy.parquet",
                        "run_1/id=0/b.parquet",
                        "run_1/id=1/folder.parquet");
    }

    @Test
    void listsHiddenFilesAndFoldersAsTheGlobsOfDuckDbAndPolarsDo() {
        TestFiles.writeText(root.resolve("run_1/_chk/id=0/a.parquet"), "a");
        TestFiles.writeText(root.resolve("run_1/.tmp/a.parquet"), "a");
        TestFiles.writeText(root.resolve("run_1/id=0/._a.parquet"), "a");

        assertThat(TreeListing.ofGlob(new LocalStorage(root), "run_1").files().keySet())
                .containsExactly("run_1/.tmp/a.parquet", "run_1/_chk/id=0/a.parquet", "run_1/id=0/._a.parquet");
    }

    @Test
    void listsNothingInAMissingFolder() {
        assertThat(TreeListing.of(new LocalStorage(root), "run_1").files()).isEmpty();
    }

    @Test
    void namesAnUnlistableFolder() throws Exception {
        TestFiles.writeText(root.resolve("run_1/id=0/a.parquet"), "a");
        TestFiles.writeText(root.resolve("run_1/id=1/a.parquet"), "a");
        Storage storage = new BrokenStorage(root, "run_1/id=1");

        assertThat(TreeListing.of(storage, "run_1").files().keySet())
                .containsExactly("run_1/id=0/a.parquet", "run_1/id=1");
    }
}

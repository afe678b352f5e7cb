package pipeline.validator.dataset.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.TestFiles;

class LocalStorageTest {
    @TempDir
    Path root;

    @Test
    void listsByName() {
        TestFiles.writeText(root.resolve("b"), "12345");
        TestFiles.writeText(root.resolve("a/x"), "1");

        var entries = new LocalStorage(root).list("").orElseThrow();

        assertThat(entries).extracting(Storage.Entry::name).containsExactly("a", "b");
        assertThat(entries).extracting(Storage.Entry::folder).containsExactly(true, false);
        assertThat(entries.get(1).stamp().bytes()).isEqualTo(5);
    }

    @Test
    void findsNothingInAMissingFolder() {
        assertThat(new LocalStorage(root.resolve("missing")).list("")).isEmpty();
        assertThat(new LocalStorage(root).find("missing/file")).isEmpty();
    }

    @Test
    void reportsAFileInPlaceOfTheFolder() {
        TestFiles.writeText(root.resolve("file"), "");

        assertThatThrownBy(() -> new LocalStorage(root.resolve("file")).list(""))
                .isInstanceOf(StorageException.class)
                .hasMessage(root.resolve("file") + " can't be read: it is not a folder");
        assertThatThrownBy(() -> new LocalStorage(root.resolve("file/parquet")).list(""))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void distinguishesAFileFromALaterOneOfTheSameName() throws Exception {
        Storage storage = new LocalStorage(root);
        TestFiles.writeText(root.resolve("file"), "1");
        Storage.Stamp before = storage.find("file").orElseThrow().stamp();

        TestFiles.writeText(root.resolve("new"), "2");
        java.nio.file.Files.move(
                root.resolve("new"), root.resolve("file"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(storage.find("file").orElseThrow().stamp()).isNotEqualTo(before);
    }
}

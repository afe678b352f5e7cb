package pipeline.validator.dataset.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.storage.LocalStorage;

public class SparkMetadataLogTest {
    @TempDir
    Path root;

    private SparkMetadataLog log;

    @BeforeEach
    void open() {
        log = new SparkMetadataLog(new LocalStorage(root), "run_1/");
    }

    public static String line(String path) {
        return line(path, "add");
    }

    private static String line(String path, String action) {
        return "{\"path\":\"file:///opt/spark-output/parquet/run_x/" + path
                + "\",\"size\":900,\"isDir\":false,\"modificationTime\":1764000000000,"
                + "\"blockReplication\":1,\"blockSize\":33554432,\"action\":\"" + action + "\"}\n";
    }

    private void write(String name, String... lines) {
        TestFiles.writeText(root.resolve("run_1/_spark_metadata").resolve(name), "v1\n" + String.join("", lines));
    }

    @Test
    void addsBatchesAndUsesOnlyTheLastPartOfPaths() {
        write("0", line("id=0/a.parquet"), line("id=1/b%20c.parquet"));
        write("1", line("d.parquet"));

        assertThat(log.files().keySet())
                .containsExactly("run_1/d.parquet", "run_1/id=0/a.parquet", "run_1/id=1/b c.parquet");
    }

    @Test
    void startsAtTheNewestCompactFile() {
        write("8", line("id=0/not-in-the-compact-file.parquet"));
        write("9.compact", line("id=0/a.parquet"), line("id=0/b.parquet"));
        write("10", line("id=0/c.parquet"));
        write("11", line("id=0/b.parquet", "delete"));
        write(".12.tmp", line("id=0/not-committed.parquet"));

        assertThat(log.files().keySet()).containsExactly("run_1/id=0/a.parquet", "run_1/id=0/c.parquet");
    }

    @Test
    void seesNewBatches() {
        write("0", line("id=0/a.parquet"));
        log.files();

        write("1", line("id=0/b.parquet"));

        assertThat(log.files()).hasSize(2);
    }

    @Test
    void namesAnUnreadableLog() {
        write("0", "{\"path\":");

        assertThat(log.files()).isEmpty();
        assertThat(log.problems().first())
                .singleElement()
                .asString()
                .startsWith("run_1/_spark_metadata/0 is not a valid Spark log: not JSON");
    }
}

package pipeline.streaming.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.streaming.demo.CountRows.Count;

class CountRowsTest {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message spark_schema { required int32 kafka_partition; required int64 kafka_offset; }");

    @TempDir
    private Path root;

    @Test
    void countsTheRowsOfAllFolders() throws IOException {
        write("id=0/a.parquet", 0, 0, 1);
        write("id=1/b.parquet", 1, 0, 1);

        assertThat(CountRows.count(root)).isEqualTo(new Count(2, 4, 4, 0));
    }

    @Test
    void countsADuplicateEventAsOneDistinctRow() throws IOException {
        write("id=0/a.parquet", 0, 0, 1);
        write("id=0/b.parquet", 0, 1, 2);

        assertThat(CountRows.count(root)).isEqualTo(new Count(2, 4, 3, 0));
    }

    @Test
    void countsTornFiles() throws IOException {
        Path whole = write("id=0/a.parquet", 0, 0, 1);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(root.resolve("id=0/half.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.createFile(root.resolve("id=0/empty.parquet"));

        assertThat(CountRows.count(root)).isEqualTo(new Count(3, 2, 2, 2));
    }

    @Test
    void countsNothingInAMissingFolder() throws IOException {
        assertThat(CountRows.count(root.resolve("absent"))).isEqualTo(new Count(0, 0, 0, 0));
    }

    private Path write(String name, int partition, long... offsets) throws IOException {
        Path file = root.resolve(name);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withConf(new Configuration())
                .withType(SCHEMA)
                .build()) {
            for (long offset : offsets) {
                Group row = new SimpleGroup(SCHEMA);
                row.add(0, partition);
                row.add(1, offset);
                writer.write(row);
            }
        }
        return file;
    }
}

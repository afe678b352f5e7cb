package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import pipeline.events.output.OutputTree;

/** Reads a run as a tool that does not know the ledger would: every {@code *.parquet} file below its folder. */
final class ForeignReader {
    private ForeignReader() {}

    static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(OutputTree.PARQUET_SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Returns {@code partition/offset} of every row, sorted, with duplicates. */
    static List<String> offsets(Path root) throws IOException {
        return rows(root).stream()
                .map(row ->
                        row.getInteger(OutputTree.KAFKA_PARTITION, 0) + "/" + row.getLong(OutputTree.KAFKA_OFFSET, 0))
                .sorted()
                .toList();
    }

    static List<Group> rows(Path root) throws IOException {
        List<Group> rows = new ArrayList<>();
        for (Path file : files(root)) {
            InputFile input =
                    HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
            try (ParquetReader<Group> reader = new ParquetReader.Builder<Group>(input) {
                @Override
                protected GroupReadSupport getReadSupport() {
                    return new GroupReadSupport();
                }
            }.build()) {
                for (Group row = reader.read(); row != null; row = reader.read()) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }
}

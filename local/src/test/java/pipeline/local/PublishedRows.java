package pipeline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import pipeline.events.OutputTree;

/** The rows that a reader finds who knows nothing of ledgers and opens every Parquet file of the tree. */
final class PublishedRows {
    private PublishedRows() {}

    /** Where an event stood in Kafka. */
    record Position(int partition, long offset) {}

    static List<Position> read(Path outputDir) throws IOException {
        List<Position> rows = new ArrayList<>();
        for (Path file : files(outputDir)) {
            addRows(file, rows);
        }
        return rows;
    }

    private static List<Path> files(Path outputDir) throws IOException {
        try (Stream<Path> tree = Files.walk(new OutputTree(outputDir).parquet())) {
            return tree.filter(file -> file.toString().endsWith(OutputTree.PARQUET_SUFFIX))
                    .toList();
        }
    }

    private static void addRows(Path file, List<Position> rows) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (PageReadStore group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(group, new GroupRecordConverter(schema));
                for (long row = 0; row < group.getRowCount(); row++) {
                    Group values = records.read();
                    rows.add(new Position(
                            values.getInteger(OutputTree.KAFKA_PARTITION, 0),
                            values.getLong(OutputTree.KAFKA_OFFSET, 0)));
                }
            }
        }
    }
}

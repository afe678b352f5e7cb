package pipeline.endtoend.system;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;

/** Reads Parquet like a tool that knows nothing about the pipeline: all files that match {@code *.parquet}. */
public final class ParquetRows {
    private ParquetRows() {}

    /** A row, with the id from the name of its folder. */
    public record Row(int partition, long offset, Event event) {}

    /** Files of Spark's checkpoints appear and disappear, even while a folder is listed. */
    public static List<Path> files(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(OutputTree.PARQUET_SUFFIX)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && !file.toString().endsWith(OutputTree.PARQUET_SUFFIX)) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                return super.postVisitDirectory(folder, e);
            }
        });
        Collections.sort(files);
        return files;
    }

    /** Returns the rows of all files below a folder. */
    public static List<Row> readAll(Path root) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path file : files(root)) {
            read(file, rows::add);
        }
        return rows;
    }

    public static void read(Path file, Consumer<Row> rows) throws IOException {
        int id = Integer.parseInt(file.getParent().getFileName().toString().substring(OutputTree.ID_PREFIX.length()));
        readGroups(file, group -> rows.accept(row(id, group)));
    }

    /** Reads all columns that a file has, without the id in the name of its folder. */
    public static void readGroups(Path file, Consumer<Group> rows) throws IOException {
        try (ParquetFileReader reader = open(file)) {
            MessageType schema = reader.getFooter().getFileMetaData().getSchema();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> groups = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    rows.accept(groups.read());
                }
            }
        }
    }

    public static ParquetMetadata footer(Path file) throws IOException {
        try (ParquetFileReader reader = open(file)) {
            return reader.getFooter();
        }
    }

    private static ParquetFileReader open(Path file) throws IOException {
        return ParquetFileReader.open(
                new LocalInputFile(file),
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
    }

    private static Row row(int id, Group group) {
        return new Row(
                group.getInteger(OutputTree.KAFKA_PARTITION, 0),
                group.getLong(OutputTree.KAFKA_OFFSET, 0),
                new Event(
                        id,
                        Instant.EPOCH.plus(group.getLong(Event.TS, 0), ChronoUnit.MICROS),
                        group.getDouble(Event.VALUE, 0),
                        group.getString(Event.SOURCE, 0)));
    }
}

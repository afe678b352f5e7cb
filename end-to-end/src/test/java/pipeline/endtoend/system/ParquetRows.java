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
import java.util.function.Function;
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
    /** Makes built-in events, with the id from the name of the file's folder. */
    public static final Format<Event> BUILT_IN = (file, columns) -> {
        String folder = file.getParent().getFileName().toString();
        int id = Integer.parseInt(folder.substring(OutputTree.ID_PREFIX.length()));
        return row -> builtIn(id, row);
    };

    private ParquetRows() {}

    /** A row of an event. */
    public record Row<E>(int partition, long offset, E event) {}

    /** How rows become events. */
    public interface Format<E> {
        /** Returns what makes an event of each row of a file. */
        Function<Group, E> of(Path file, MessageType columns);
    }

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

    /** Returns the built-in events of all files below a folder. */
    public static List<Row<Event>> readAll(Path root) throws IOException {
        return readAll(root, BUILT_IN);
    }

    /** Returns the rows of all files below a folder. */
    public static <E> List<Row<E>> readAll(Path root, Format<E> format) throws IOException {
        List<Row<E>> rows = new ArrayList<>();
        for (Path file : files(root)) {
            read(file, format, rows::add);
        }
        return rows;
    }

    /** Reads a file of built-in events. */
    public static void read(Path file, Consumer<Row<Event>> rows) throws IOException {
        read(file, BUILT_IN, rows);
    }

    public static <E> void read(Path file, Format<E> format, Consumer<? super Row<E>> rows) throws IOException {
        Function<Group, E> events =
                format.of(file, footer(file).getFileMetaData().getSchema());
        readGroups(
                file,
                row -> rows.accept(new Row<>(
                        row.getInteger(OutputTree.KAFKA_PARTITION, 0),
                        row.getLong(OutputTree.KAFKA_OFFSET, 0),
                        events.apply(row))));
    }

    /** Reads all columns that a file has, without those in the names of its folders. */
    public static void readGroups(Path file, Consumer<Group> rows) throws IOException {
        try (ParquetFileReader reader = open(file)) {
            MessageType columns = reader.getFooter().getFileMetaData().getSchema();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> groups = new ColumnIOFactory()
                        .getColumnIO(columns)
                        .getRecordReader(pages, new GroupRecordConverter(columns));
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

    private static Event builtIn(int id, Group row) {
        return new Event(
                id,
                Instant.EPOCH.plus(row.getLong(Event.TS, 0), ChronoUnit.MICROS),
                row.getDouble(Event.VALUE, 0),
                row.getString(Event.SOURCE, 0));
    }
}

package pipeline.streaming;

import pipeline.events.Event;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.OutputTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The files of one attempt at a batch, in a staging folder that no other attempt shares, so that a task that outlives its
 * driver can't add to a later attempt.
 */
final class StagedBatch {
    private static final int EVENTS_PER_TASK = 100_000;

    /** The most that a task keeps in memory for each id. */
    private static final long BUFFER_BYTES = 16 << 20;

    private final RunFolders folders;
    private final long seq;
    private final Path root;
    private final List<LedgerFile> files = new ArrayList<>();
    private final List<LedgerFile> rejectedFiles = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();

    StagedBatch(RunFolders folders, long seq) {
        this.folders = folders;
        this.seq = seq;
        this.root = folders.staging().resolve(OutputTree.padded(seq) + "-" + UUID.randomUUID());
    }

    /**
     * Writes the events of a batch, and, when these are fewer than expected, in a second pass the records that are no valid
     * events. Rejected ones are rare: they cost the second pass only when there are some.
     */
    void write(Dataset<Row> records, long expected, Configuration hadoop) throws IOException {
        writeEvents(records.coalesce(tasks(records, expected)), hadoop);
        if (rows() < expected) {
            writeRejected(records);
        }
    }

    private void writeEvents(Dataset<Row> records, Configuration hadoop) throws IOException {
        Path folder = root.resolve("events");
        EventDecoder.events(records)
                .write()
                .partitionBy(Event.ID)
                .option("parquet.block.size", BUFFER_BYTES)
                .parquet(folder.toString());
        for (Path file : written(folder, OutputTree.PARQUET_SUFFIX)) {
            String name = OutputTree.partName(seq, files.size(), OutputTree.PARQUET_SUFFIX);
            String path = file.getParent().getFileName() + "/" + name;
            files.add(new LedgerFile(path, footerRows(file, hadoop), Files.size(file)));
            sources.add(source(file));
        }
    }

    /** Each task writes a file for each id that it meets, so a small batch has one task. A shuffle by id would cost as much as the writing. */
    private static int tasks(Dataset<Row> records, long expected) {
        long enough = 1 + expected / EVENTS_PER_TASK;
        return (int) Math.min(enough, records.sparkSession().sparkContext().defaultParallelism());
    }

    private void writeRejected(Dataset<Row> records) throws IOException {
        Path folder = root.resolve("rejected");
        EventDecoder.rejected(records).coalesce(1).write().json(folder.toString());
        for (Path file : written(folder, OutputTree.RECORD_SUFFIX)) {
            String name = OutputTree.partName(seq, rejectedFiles.size(), OutputTree.JSON_LINES_SUFFIX);
            rejectedFiles.add(new LedgerFile(name, lines(file), Files.size(file)));
            sources.add(source(file));
        }
    }

    List<LedgerFile> files() {
        return files;
    }

    List<LedgerFile> rejectedFiles() {
        return rejectedFiles;
    }

    /** Returns where the files lie, in the order of {@link #files} and then of {@link #rejectedFiles}. */
    List<String> sources() {
        return sources;
    }

    /** Returns the number of valid events, as the footers of the written files state it. */
    long rows() {
        return rows(files);
    }

    /** Returns the number of rejected events, counted in the written files. */
    long rejected() {
        return rows(rejectedFiles);
    }

    private static long rows(List<LedgerFile> files) {
        return files.stream().mapToLong(LedgerFile::rows).sum();
    }

    private String source(Path file) {
        return folders.staging().relativize(file).toString();
    }

    private static List<Path> written(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.find(
                folder,
                2,
                (file, attributes) ->
                        attributes.isRegularFile() && file.toString().endsWith(suffix))) {
            return files.sorted().toList();
        }
    }

    private static long footerRows(Path file, Configuration hadoop) throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), hadoop))) {
            return reader.getRecordCount();
        }
    }

    private static long lines(Path file) throws IOException {
        long lines = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    lines++;
                }
            }
        }
        return lines;
    }
}

package pipeline.streaming.tree;

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
import pipeline.events.Event;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.output.PreparedBatch;
import pipeline.streaming.kafka.EventDecoder;
import pipeline.streaming.publish.StagedBatch;

/**
 * The files of one attempt at a batch, in a staging folder that no other attempt shares, so that a task that outlives its
 * driver cannot add to a later attempt.
 */
final class StagedFiles implements StagedBatch {
    private static final int EVENTS_PER_TASK = 100_000;

    /** What a task buffers for each id. */
    private static final long BUFFER_BYTES = 16 << 20;

    private final RunLayout layout;
    private final Publication publication;
    private final long seq;
    private final Path root;
    private final List<LedgerFile> files = new ArrayList<>();
    private final List<LedgerFile> rejectedFiles = new ArrayList<>();
    /** Paths in the staging folder, in the order of {@link #files} and then of {@link #rejectedFiles}. */
    private final List<String> sources = new ArrayList<>();

    private StagedFiles(RunLayout layout, Publication publication, long seq) {
        this.layout = layout;
        this.publication = publication;
        this.seq = seq;
        this.root = layout.staging().resolve(OutputTree.padded(seq) + "-" + UUID.randomUUID());
    }

    /**
     * Writes the events of a batch. If fewer of them are valid than expected, a second pass writes the rejected ones. They are
     * rare, so a batch without any does not pay for that pass.
     */
    static StagedFiles write(RunLayout layout, Publication publication, long seq, Dataset<Row> records, long expected)
            throws IOException {
        StagedFiles staged = new StagedFiles(layout, publication, seq);
        staged.writeEvents(records.coalesce(tasks(records, expected)));
        if (staged.rows() < expected) {
            staged.writeRejected(records);
        }
        return staged;
    }

    private void writeEvents(Dataset<Row> records) throws IOException {
        Configuration hadoop = records.sparkSession().sparkContext().hadoopConfiguration();
        Path folder = root.resolve("events");
        EventDecoder.events(records)
                .write()
                .partitionBy(Event.ID)
                .option("parquet.block.size", BUFFER_BYTES)
                .parquet(folder.toString());
        for (Path file : written(folder, OutputTree.PARQUET_SUFFIX)) {
            String name = OutputTree.partName(seq, files.size(), OutputTree.PARQUET_SUFFIX);
            add(files, file.getParent().getFileName() + "/" + name, file, footerRows(file, hadoop));
        }
    }

    /** A task writes a file for each id it sees, so a small batch gets one task. A shuffle by id would cost as much as writing. */
    private static int tasks(Dataset<Row> records, long expected) {
        long enough = 1 + expected / EVENTS_PER_TASK;
        return (int) Math.min(enough, records.sparkSession().sparkContext().defaultParallelism());
    }

    private void writeRejected(Dataset<Row> records) throws IOException {
        Path folder = root.resolve("rejected");
        EventDecoder.rejected(records).coalesce(1).write().json(folder.toString());
        for (Path file : written(folder, OutputTree.RECORD_SUFFIX)) {
            String name = OutputTree.partName(seq, rejectedFiles.size(), OutputTree.JSON_LINES_SUFFIX);
            add(rejectedFiles, name, file, lines(file));
        }
    }

    private void add(List<LedgerFile> to, String path, Path file, long rows) throws IOException {
        to.add(new LedgerFile(path, rows, Files.size(file)));
        sources.add(layout.staging().relativize(file).toString());
    }

    @Override
    public List<LedgerFile> files() {
        return files;
    }

    @Override
    public List<LedgerFile> rejectedFiles() {
        return rejectedFiles;
    }

    @Override
    public LedgerRecord publish(LedgerRecord record) throws IOException {
        return publication.publish(new PreparedBatch(record, sources));
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

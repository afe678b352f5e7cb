package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.output.AbsentFile;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.output.PreparedBatch;
import pipeline.events.schema.EventSchema;
import pipeline.streaming.publish.Batch;
import pipeline.streaming.publish.StagedBatch;
import pipeline.streaming.records.TopicLog.OffsetAction;

/**
 * The files of one attempt at a batch, in a staging folder that no other attempt shares, so that a task that outlives its
 * driver cannot add to a later attempt.
 */
final class StagedFiles implements StagedBatch {
    /** How much a task buffers for each open file before it writes. */
    private static final long BUFFER_BYTES = 16 << 20;

    /** About the largest size of a file of rejected events; most batches have less. */
    private static final long REJECTED_BYTES = 128 << 20;

    private final RunLayout layout;
    private final FolderTree folders;
    private final Publication publication;
    private final long seq;
    private final Configuration hadoop;
    private final Path root;
    private final List<LedgerFile> files = new ArrayList<>();
    private final List<LedgerFile> rejectedFiles = new ArrayList<>();
    /** Paths in the staging folder, in the order of {@link #files}, {@link #rejectedFiles} and the file of absent offsets. */
    private final List<String> sources = new ArrayList<>();

    private StagedFiles(RunLayout layout, EventSchema schema, Publication publication, long seq, Dataset<Row> events) {
        this.layout = layout;
        this.folders = new FolderTree(schema);
        this.publication = publication;
        this.seq = seq;
        this.hadoop = events.sparkSession().sparkContext().hadoopConfiguration();
        this.root = layout.staging().resolve(OutputTree.padded(seq) + "-" + UUID.randomUUID());
    }

    /** Writes the valid events of a batch: each task a file for each folder. A shuffle by folder would cost as much as writing. */
    static StagedFiles write(
            RunLayout layout, EventSchema schema, Publication publication, long seq, Dataset<Row> events)
            throws IOException {
        StagedFiles staged = new StagedFiles(layout, schema, publication, seq, events);
        try {
            staged.writeEvents(events);
            return staged;
        } catch (Exception e) { // Scala code throws checked exceptions that it does not declare
            FileUtils.deleteQuietly(staged.root.toFile());
            throw e;
        }
    }

    private void writeEvents(Dataset<Row> events) throws IOException {
        Path folder = root.resolve("events");
        // A task keeps the files of a few folders open, instead of sorting its events by folder.
        events.sparkSession().conf().set("spark.sql.maxConcurrentOutputFileWriters", folders.openFiles());
        events.write()
                .partitionBy(folders.columns())
                .option("parquet.block.size", BUFFER_BYTES)
                .parquet(folder.toString());
        List<Path> written = written(folder, OutputTree.PARQUET_SUFFIX);
        Map<Path, String> published = folders.published(folder, written);
        for (Path file : written) {
            String name = OutputTree.partName(seq, files.size(), OutputTree.PARQUET_SUFFIX);
            long rows = new StagedParquet(file, hadoop).rows();
            // Without folders, Spark writes a file although there are no events.
            if (rows > 0) {
                add(files, published.get(file.getParent()) + name, file, rows);
            }
        }
    }

    @Override
    public void addRejected(Dataset<Row> rejected) throws IOException {
        Path folder = root.resolve("rejected");
        rejected.coalesce(1).write().json(folder.toString());
        for (Path file : written(folder, OutputTree.RECORD_SUFFIX)) {
            for (StagedJsonLines part : new StagedJsonLines(file).split(REJECTED_BYTES)) {
                String name = OutputTree.partName(seq, rejectedFiles.size(), OutputTree.JSON_LINES_SUFFIX);
                add(rejectedFiles, name, part.file(), part.lines());
            }
        }
    }

    @Override
    public AbsentOffsets addAbsent(SortedMap<Integer, List<OffsetRange>> absent) throws IOException {
        Path file = root.resolve(OutputTree.absentName(seq));
        byte[] content = AbsentFile.encode(absent);
        Files.write(file, content);
        sources.add(layout.staging().relativize(file).toString());
        SortedMap<Integer, Long> counts = new TreeMap<>();
        absent.forEach((partition, ranges) -> counts.put(
                partition, ranges.stream().mapToLong(OffsetRange::length).sum()));
        return new AbsentOffsets(OutputTree.absentName(seq), content.length, counts);
    }

    @Override
    public void forEachOffset(OffsetAction action) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            new StagedParquet(layout.staging().resolve(sources.get(i)), hadoop).forEachOffset(action);
        }
        for (int i = 0; i < rejectedFiles.size(); i++) {
            new StagedJsonLines(layout.staging().resolve(sources.get(files.size() + i))).forEachOffset(action);
        }
    }

    private void add(List<LedgerFile> to, String path, Path file, long rows) throws IOException {
        to.add(new LedgerFile(path, rows, Files.size(file)));
        sources.add(layout.staging().relativize(file).toString());
    }

    List<LedgerFile> files() {
        return files;
    }

    @Override
    public long rows() {
        return rows(files);
    }

    @Override
    public long rejected() {
        return rows(rejectedFiles);
    }

    private static long rows(List<LedgerFile> files) {
        return files.stream().mapToLong(LedgerFile::rows).sum();
    }

    @Override
    public void publish(Batch batch) throws IOException {
        LedgerRecord record =
                new LedgerRecord(batch.seq(), null, batch.topic(), batch.schema(), batch.read(), files, rejectedFiles);
        publication.publish(new PreparedBatch(record, sources));
        drop();
    }

    @Override
    public void drop() throws IOException {
        FileUtils.deleteDirectory(root.toFile());
    }

    private static List<Path> written(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.find(
                folder,
                Integer.MAX_VALUE,
                (file, attributes) ->
                        attributes.isRegularFile() && file.toString().endsWith(suffix))) {
            return files.sorted().toList();
        }
    }
}

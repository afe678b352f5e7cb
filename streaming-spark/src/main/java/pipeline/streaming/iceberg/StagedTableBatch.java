package pipeline.streaming.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetRange;
import pipeline.streaming.publish.Batch;
import pipeline.streaming.publish.StagedBatch;
import pipeline.streaming.records.TopicLog.OffsetAction;

/** The files of one attempt at a batch, which no snapshot of the tables has yet. */
final class StagedTableBatch implements StagedBatch {
    private final IcebergTable sink;
    private final SparkSession spark;
    private final Table grown;
    private final TableFiles events;
    private final TableFiles others;

    private final List<DataFile> files;
    private final long rows;
    private final List<DataFile> rejectedFiles = new ArrayList<>();
    private final List<DataFile> rangeFiles = new ArrayList<>();
    private long rejected;

    /**
     * @param grown the table as it will be with this batch
     * @param files what was written for it
     * @param others the files of the table of rejected events
     */
    StagedTableBatch(IcebergTable sink, SparkSession spark, Table grown, List<DataFile> files, TableFiles others) {
        this.sink = sink;
        this.spark = spark;
        this.grown = grown;
        this.events = new TableFiles(grown);
        this.files = files;
        this.rows = events.rows(files);
        this.others = others;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long rejected() {
        return rejected;
    }

    @Override
    public void addRejected(Dataset<Row> records) throws IOException {
        rejectedFiles.addAll(others.write(RejectedTable.rows(records).coalesce(1), true));
        rejected = others.rows(rejectedFiles);
    }

    @Override
    public AbsentOffsets addAbsent(SortedMap<Integer, List<OffsetRange>> absent) throws IOException {
        List<DataFile> written = others.write(RejectedTable.absent(spark, absent), true);
        rangeFiles.addAll(written);
        SortedMap<Integer, Long> counts = new TreeMap<>();
        absent.forEach((partition, ranges) -> counts.put(
                partition, ranges.stream().mapToLong(OffsetRange::length).sum()));
        DataFile file = written.get(0);
        return new AbsentOffsets(file.location(), file.fileSizeInBytes(), counts);
    }

    @Override
    public void forEachOffset(OffsetAction action) throws IOException {
        events.forEachOffset(files, action);
        others.forEachOffset(rejectedFiles, action);
    }

    @Override
    public void publish(Batch batch) throws IOException {
        if (!batch.read().gaps().isEmpty()) {
            rangeFiles.addAll(
                    others.write(RejectedTable.gaps(spark, batch.read().gaps()), true));
        }
        sink.publish(batch, this);
    }

    @Override
    public void drop() {
        events.delete(files);
        others.delete(otherFiles());
    }

    List<DataFile> files() {
        return files;
    }

    List<DataFile> otherFiles() {
        List<DataFile> all = new ArrayList<>(rejectedFiles);
        all.addAll(rangeFiles);
        return all;
    }

    Table grown() {
        return grown;
    }
}

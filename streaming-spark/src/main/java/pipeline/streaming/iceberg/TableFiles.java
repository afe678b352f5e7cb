package pipeline.streaming.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.spark.FileRewriteCoordinator;
import org.apache.iceberg.spark.SparkTableCache;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.OutputTree;
import pipeline.streaming.records.TopicLog.OffsetAction;

/**
 * Writes data files of a table that no reader sees before they are committed, and reads them back. Each attempt has names of its
 * own, so a task that outlives its job adds nothing to a later attempt.
 *
 * @param table maybe one whose changes are not committed yet
 */
record TableFiles(Table table) {

    /**
     * Writes rows, with Spark's writer for files that replace others: it hands over what it has written instead of committing it.
     *
     * @param rows with the table's columns, in any order
     * @param keepOpen whether a task keeps the files of all its partitions open, instead of sorting its rows
     */
    List<DataFile> write(Dataset<Row> rows, boolean keepOpen) throws IOException {
        String id = UUID.randomUUID().toString();
        SparkTableCache.get().add(id, table);
        try {
            rows.write()
                    .format("iceberg")
                    .option(SparkWriteOptions.REWRITTEN_FILE_SCAN_TASK_SET_ID, id)
                    .option(SparkWriteOptions.DISTRIBUTION_MODE, "none")
                    .option(SparkWriteOptions.FANOUT_ENABLED, keepOpen)
                    .mode("append")
                    .save(id);
            return List.copyOf(FileRewriteCoordinator.get().fetchNewFiles(table, id));
        } finally {
            FileRewriteCoordinator.get().clearRewrite(table, id);
            SparkTableCache.get().remove(id);
        }
    }

    /** Returns the number of rows, counted in the files. */
    long rows(Collection<DataFile> files) {
        return files.stream().mapToLong(file -> rows(file.location())).sum();
    }

    private long rows(String location) {
        return ParquetUtil.fileMetrics(table.io().newInputFile(location), MetricsConfig.getDefault())
                .recordCount();
    }

    /** Passes on the offset of each row. */
    void forEachOffset(Collection<DataFile> files, OffsetAction action) throws IOException {
        Schema offsets = table.schema().select(OutputTree.KAFKA_PARTITION, OutputTree.KAFKA_OFFSET);
        for (DataFile file : files) {
            InputFile in = table.io().newInputFile(file.location());
            try (CloseableIterable<Record> rows = Parquet.read(in)
                    .project(offsets)
                    .createReaderFunc(columns -> GenericParquetReaders.buildReader(offsets, columns))
                    .reuseContainers()
                    .build()) {
                for (Record row : rows) {
                    action.accept((int) row.getField(OutputTree.KAFKA_PARTITION), (long)
                            row.getField(OutputTree.KAFKA_OFFSET));
                }
            }
        }
    }

    void delete(Collection<DataFile> files) {
        CatalogUtil.deleteFiles(
                table.io(), files.stream().map(DataFile::location).toList(), "dropped", true);
    }

    /** Returns what a record says of files. */
    static List<LedgerFile> describe(Collection<DataFile> files) {
        return files.stream()
                .map(file -> new LedgerFile(file.location(), file.recordCount(), file.fileSizeInBytes()))
                .toList();
    }

    /** Returns the files that a record describes, of a table without partitions. */
    List<DataFile> described(List<LedgerFile> files) {
        List<DataFile> found = new ArrayList<>();
        for (LedgerFile file : files) {
            InputFile in = table.io().newInputFile(file.path());
            found.add(DataFiles.builder(table.spec())
                    .withInputFile(in)
                    .withFormat("parquet")
                    .withMetrics(ParquetUtil.fileMetrics(in, MetricsConfig.forTable(table)))
                    .build());
        }
        return found;
    }
}

package pipeline.streaming.iceberg;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.output.OutputTables;
import pipeline.events.output.OutputTree;
import pipeline.events.output.TableRecord;
import pipeline.events.settings.Settings;
import pipeline.streaming.iceberg.FencedTable.OtherWriterException;
import pipeline.streaming.lifecycle.CannotContinueException;

/**
 * The table of a run's rejected events, gaps and absent offsets. Its files are written before the commit of their batch, whose record
 * names them, and are committed after it. So what a record names is never lost, and never committed twice.
 */
record RejectedTable(FencedTable fenced) {
    private static final Logger LOG = LoggerFactory.getLogger(RejectedTable.class);

    private static final String TIMESTAMP_MILLIS = OutputTree.KAFKA_TIMESTAMP + "_millis";

    private static final StructType COLUMNS = new StructType()
            .add(OutputTables.KIND, DataTypes.StringType, false)
            .add(OutputTree.KAFKA_PARTITION, DataTypes.IntegerType, false)
            .add(OutputTree.KAFKA_OFFSET, DataTypes.LongType, false)
            .add(OutputTables.KAFKA_UNTIL, DataTypes.LongType, false)
            .add(OutputTree.KAFKA_TIMESTAMP, DataTypes.TimestampType)
            .add(TIMESTAMP_MILLIS, DataTypes.LongType)
            .add(OutputTables.REASON, DataTypes.StringType)
            .add("key", DataTypes.StringType)
            .add("key_base64", DataTypes.StringType)
            .add("payload", DataTypes.StringType)
            .add("payload_base64", DataTypes.StringType);

    static Schema schema() {
        return SparkSchemaUtil.convert(COLUMNS);
    }

    /** @throws CannotContinueException when the table has other columns */
    void requireShape() {
        StructType columns = SparkSchemaUtil.convert(fenced.table().schema());
        if (!columns.equals(COLUMNS) || fenced.table().spec().isPartitioned()) {
            throw new CannotContinueException("Table " + name() + " is not one for rejected events: its columns are "
                    + columns.simpleString() + " instead of " + COLUMNS.simpleString()
                    + ", without partitions. Undo what"
                    + " changed it, or set " + Settings.RUN_ID + " to another name.");
        }
    }

    /** Returns the newest batch whose rows the table has; -1 if there is none. */
    long batch() {
        String newest = fenced.newest();
        return newest == null ? -1 : Long.parseLong(newest);
    }

    String name() {
        return fenced.table().name();
    }

    TableFiles files() {
        return new TableFiles(fenced.table());
    }

    /** Commits the files of a batch, unless the table has them. */
    void append(TableRecord record) {
        long seq = record.commit().seq();
        String newest = fenced.newest();
        if (record.rejectedFiles().isEmpty() || (newest != null && Long.parseLong(newest) >= seq)) {
            return;
        }
        List<DataFile> files = files().described(record.rejectedFiles());
        try {
            fenced.commit(newest, Long.toString(seq), transaction -> {
                AppendFiles append = transaction.newAppend();
                files.forEach(append::appendFile);
                append.commit();
            });
        } catch (OtherWriterException e) {
            // Only a job that has committed a later batch writes another number, and it has first done this.
            LOG.info("Another job has published the rejected events of batch {}", seq);
        }
    }

    /** Returns rejected events, with the columns of {@link pipeline.streaming.decode.DecodedRecords#rejected}, as rows of the table. */
    static Dataset<Row> rows(Dataset<Row> rejected) {
        return rejected.select(
                lit(OutputTables.REJECTED).as(OutputTables.KIND),
                col("partition").as(OutputTree.KAFKA_PARTITION),
                col("offset").as(OutputTree.KAFKA_OFFSET),
                col("offset").plus(1).as(OutputTables.KAFKA_UNTIL),
                col("timestamp").cast(DataTypes.TimestampType).as(OutputTree.KAFKA_TIMESTAMP),
                col("timestampMillis").as(TIMESTAMP_MILLIS),
                col("reason").as(OutputTables.REASON),
                col("key"),
                col("keyBase64").as("key_base64"),
                col("payload"),
                col("payloadBase64").as("payload_base64"));
    }

    static Dataset<Row> absent(SparkSession spark, Map<Integer, List<OffsetRange>> absent) {
        return ranges(spark, absent.entrySet().stream().flatMap(partition -> partition.getValue().stream()
                .map(range -> range(OutputTables.ABSENT, partition.getKey(), range.from(), range.until(), null))));
    }

    static Dataset<Row> gaps(SparkSession spark, List<OffsetGap> gaps) {
        return ranges(
                spark,
                gaps.stream()
                        .map(gap -> range(OutputTables.GAP, gap.partition(), gap.from(), gap.until(), gap.reason())));
    }

    private static Row range(String kind, int partition, long from, long until, String reason) {
        return RowFactory.create(kind, partition, from, until, null, null, reason, null, null, null, null);
    }

    private static Dataset<Row> ranges(SparkSession spark, Stream<Row> ranges) {
        return spark.createDataFrame(ranges.toList(), COLUMNS).coalesce(1);
    }
}

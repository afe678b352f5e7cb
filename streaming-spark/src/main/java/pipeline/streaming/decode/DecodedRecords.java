package pipeline.streaming.decode;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.objects.AssertNotNull;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.Partition;
import scala.collection.JavaConverters;

/**
 * The records of a query as rows: {@link #events} and {@link #rejected} together have one for each record, whatever its bytes.
 * Tasks also note the last record that they read in each partition. Serializable, so that Spark sends it with each task.
 */
public final class DecodedRecords implements Serializable {
    private static final long serialVersionUID = 1;

    private final EventSchema schema;
    private final LastRead lastRead;
    /** Null if all are needed. */
    private final FirstGroups groups;

    public DecodedRecords(SparkSession spark, EventSchema schema) {
        this(spark, schema, null);
    }

    /** @param groups the only ones whose events are needed */
    public DecodedRecords(SparkSession spark, EventSchema schema, FirstGroups groups) {
        this.schema = schema;
        this.groups = groups;
        this.lastRead = LastRead.register(spark);
    }

    /** Returns what the tasks have noted since that was reset. */
    public LastRead lastRead() {
        return lastRead;
    }

    /** Returns the columns of the rows that {@link RecordDecoder} makes. */
    public StructType columns() {
        return RowColumns.of(schema);
    }

    /** Returns how the run names the schema, see {@link EventSchema#storedName}. */
    public Optional<String> schemaName() {
        return schema.storedName();
    }

    /** Returns what decodes the records of one task. */
    public RecordDecoder decoder() {
        return new RecordDecoder(schema, groups, lastRead);
    }

    /** Returns the valid events: the columns that are in files, then those of the folders' names. */
    public Dataset<Row> events(Dataset<Row> rows) {
        Set<String> required = required(schema);
        return rows.filter(col(RowColumns.REJECTED).isNull())
                .select(Stream.of(columns().fieldNames())
                        .filter(name -> !name.equals(RowColumns.REJECTED))
                        .map(name -> required.contains(name) ? notNull(name) : col(name))
                        .toArray(Column[]::new));
    }

    /** Returns the columns that always have a value. */
    private static Set<String> required(EventSchema schema) {
        return Stream.concat(
                        Stream.of(OutputTree.KAFKA_PARTITION, OutputTree.KAFKA_OFFSET),
                        schema.columns().stream()
                                .filter(field -> !field.isNullable())
                                .map(Field::name))
                .collect(Collectors.toSet());
    }

    /**
     * Returns the columns of {@link #events}, without those that only have the names of folders, and whether they have nulls.
     *
     * @param schema the shape of the events
     */
    public static StructType eventColumns(EventSchema schema) {
        Set<String> required = required(schema);
        Set<String> folders = schema.roles().partition().stream()
                .filter(level -> !level.isOnlyInName())
                .map(Partition::folder)
                .collect(Collectors.toSet());
        return DataTypes.createStructType(Stream.of(RowColumns.of(schema).fields())
                .filter(field -> !field.name().equals(RowColumns.REJECTED) && !folders.contains(field.name()))
                .map(field ->
                        DataTypes.createStructField(field.name(), field.dataType(), !required.contains(field.name())))
                .toList());
    }

    /** Files say of a column whether it has nulls. */
    private static Column notNull(String name) {
        return new Column(new AssertNotNull(col(name).expr(), JavaConverters.asScalaBuffer(List.of(name)))).as(name);
    }

    /**
     * Returns {@code partition, offset, timestamp, reason, key, payload} of the other records; where key or payload is
     * not UTF-8, {@code keyBase64} or {@code payloadBase64} holds it instead, and {@code timestampMillis} a time outside of the
     * years 1 to 9999.
     */
    public static Dataset<Row> rejected(Dataset<Row> rows) {
        return rows.filter(col(RowColumns.REJECTED).isNotNull())
                .select(
                        col(OutputTree.KAFKA_PARTITION).as("partition"),
                        col(OutputTree.KAFKA_OFFSET).as("offset"),
                        col(RowColumns.REJECTED + ".*"));
    }
}

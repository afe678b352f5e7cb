package pipeline.streaming.decode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.Field;
import pipeline.events.schema.Partition;

/**
 * The columns of a row: those of the files, those of the folders' names, and {@value #REJECTED}, a struct that is null in the row
 * of an event. In other rows the columns of the event are null.
 */
final class RowColumns {
    static final String REJECTED = "kafka_rejected";

    private static final StructType REJECTED_FIELDS = new StructType()
            .add("timestamp", DataTypes.StringType)
            .add("timestampMillis", DataTypes.LongType)
            .add("reason", DataTypes.StringType)
            .add("key", DataTypes.StringType)
            .add("keyBase64", DataTypes.StringType)
            .add("payload", DataTypes.StringType)
            .add("payloadBase64", DataTypes.StringType);

    private final List<StructField> columns = new ArrayList<>();

    private RowColumns() {}

    static StructType of(EventSchema schema) {
        Map<String, Field> fields = new LinkedHashMap<>();
        schema.columns().forEach(field -> fields.put(field.name(), field));
        RowColumns row = new RowColumns();
        List<Partition> folders = schema.roles().partition();
        List<String> onlyInNames = folders.stream()
                .filter(Partition::isOnlyInName)
                .map(Partition::column)
                .toList();
        fields.values().stream()
                .filter(field -> !onlyInNames.contains(field.name()))
                .forEach(field -> row.add(field.name(), SparkTypes.type(field.shape())));
        row.columns.add(DataTypes.createStructField(OutputTree.KAFKA_PARTITION, DataTypes.IntegerType, false));
        row.columns.add(DataTypes.createStructField(OutputTree.KAFKA_OFFSET, DataTypes.LongType, false));
        if (!schema.isBuiltIn()) {
            row.add(OutputTree.KAFKA_TIMESTAMP, DataTypes.TimestampType);
        }
        if (schema.unknown() == Unknown.RESCUE) {
            row.add(OutputTree.RESCUED, DataTypes.StringType);
        }
        folders.forEach(folder -> row.add(
                folder.folder(),
                folder.isOnlyInName()
                        ? SparkTypes.type(fields.get(folder.column()).shape())
                        : DataTypes.StringType));
        row.add(REJECTED, REJECTED_FIELDS);
        return DataTypes.createStructType(row.columns);
    }

    private void add(String name, DataType type) {
        columns.add(DataTypes.createStructField(name, type, true));
    }
}

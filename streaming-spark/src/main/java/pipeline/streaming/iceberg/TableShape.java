package pipeline.streaming.iceberg;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Partition;
import pipeline.streaming.decode.DecodedRecords;

/** The columns and partitions of the table that has the events of a schema. */
record TableShape(EventSchema events) {
    /** In which the values of a column without limit are divided. */
    private static final int BUCKETS = 64;

    /** Returns the columns; the catalog gives them ids of its own. */
    Schema schema() {
        return SparkSchemaUtil.convert(columns());
    }

    private StructType columns() {
        return DecodedRecords.eventColumns(events);
    }

    PartitionSpec spec(Schema schema) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        for (Partition level : events.roles().partition()) {
            switch (level.kind()) {
                case VALUE -> spec.identity(level.column());
                case KEY -> spec.bucket(level.column(), BUCKETS, level.folder());
                case DAY -> spec.day(level.column(), level.folder());
                case HOUR -> spec.hour(level.column(), level.folder());
            }
        }
        return spec.build();
    }

    /** Returns how a table differs, for example {@code its column b is missing}; nothing if it does not. */
    Optional<String> difference(Table table) {
        Map<String, StructField> others = new HashMap<>();
        Arrays.stream(SparkSchemaUtil.convert(table.schema()).fields())
                .forEach(field -> others.put(field.name(), field));
        for (StructField column : columns().fields()) {
            StructField other = others.remove(column.name());
            if (other == null) {
                return Optional.of("its column " + column.name() + " is missing");
            }
            if (!other.equals(column)) {
                return Optional.of(
                        "its column " + column.name() + " is " + describe(other) + " instead of " + describe(column));
            }
        }
        if (!others.isEmpty()) {
            return Optional.of("it has a column " + others.keySet().iterator().next());
        }
        List<String> partitions = describe(table.spec());
        List<String> own = describe(spec(table.schema()));
        return own.equals(partitions)
                ? Optional.empty()
                : Optional.of("it is partitioned by " + partitions + " instead of " + own);
    }

    private static String describe(StructField column) {
        return column.dataType().simpleString() + (column.nullable() ? "" : " not null");
    }

    private static List<String> describe(PartitionSpec spec) {
        return spec.fields().stream()
                .map(field -> field.transform() + "(" + spec.schema().findColumnName(field.sourceId()) + ")")
                .toList();
    }

    /** Adds the columns that the table does not have yet, and lets columns have nulls. Does nothing if the table has this shape. */
    void grow(Transaction transaction) {
        transaction.updateSchema().unionByNameWith(schema()).commit();
    }
}

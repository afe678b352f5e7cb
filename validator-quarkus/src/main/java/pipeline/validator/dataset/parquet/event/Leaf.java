package pipeline.validator.dataset.parquet.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.Field;
import pipeline.events.schema.NumberRules;
import pipeline.events.schema.Shape;
import pipeline.events.schema.TextRules;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.ValueType.ArrayType;
import pipeline.events.schema.ValueType.BooleanType;
import pipeline.events.schema.ValueType.DateTimeType;
import pipeline.events.schema.ValueType.DateType;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.events.schema.ValueType.NumberType;
import pipeline.events.schema.ValueType.StringType;
import pipeline.events.schema.ValueType.StructType;
import pipeline.validator.dataset.parquet.Column;

/**
 * A column without columns in it.
 *
 * @param path such as {@code customer.id} or {@code items[].price}
 * @param inFile the names in the schema of the file
 * @param mayBeNull whether a footer may count nulls, as it also does for an empty list
 */
record Leaf(String path, List<String> inFile, ValueType type, boolean mayBeNull) {

    /** Returns those of a file's schema: of the event, in its order, then ours. */
    static List<Leaf> of(EventSchema schema) {
        List<Leaf> leaves = new ArrayList<>();
        schema.columns().forEach(field -> add(leaves, field, "", List.of(), false));
        ValueType integer = new IntegerType(NumberRules.NONE, false);
        leaves.add(ours(OutputTree.KAFKA_PARTITION, integer, false));
        leaves.add(ours(OutputTree.KAFKA_OFFSET, integer, false));
        leaves.add(ours(OutputTree.KAFKA_TIMESTAMP, new DateTimeType(TextRules.NONE), true));
        if (schema.unknown() == Unknown.RESCUE) {
            leaves.add(ours(OutputTree.RESCUED, new StringType(TextRules.NONE), true));
        }
        return leaves;
    }

    private static Leaf ours(String name, ValueType type, boolean mayBeNull) {
        return new Leaf(name, List.of(name), type, mayBeNull);
    }

    private static void add(List<Leaf> leaves, Field field, String prefix, List<String> above, boolean mayBeNull) {
        add(leaves, field.shape(), prefix + field.name(), append(above, field.name()), mayBeNull || field.isNullable());
    }

    private static void add(List<Leaf> leaves, Shape shape, String path, List<String> inFile, boolean mayBeNull) {
        if (shape.type() instanceof ArrayType array) {
            add(leaves, array.items(), path + "[]", append(append(inFile, "list"), "element"), true);
        } else if (shape.type() instanceof StructType struct) {
            struct.object().columns().forEach(field -> add(leaves, field, path + ".", inFile, mayBeNull));
        } else {
            leaves.add(new Leaf(path, inFile, shape.type(), mayBeNull));
        }
    }

    private static List<String> append(List<String> names, String name) {
        return Stream.concat(names.stream(), Stream.of(name)).toList();
    }

    /** Returns what the type is called. */
    String typeName() {
        if (type instanceof IntegerType) {
            return "integer";
        } else if (type instanceof NumberType) {
            return "number";
        } else if (type instanceof BooleanType) {
            return "boolean";
        } else if (type instanceof DateTimeType) {
            return "date-time";
        } else {
            return type instanceof DateType ? "date" : "string";
        }
    }

    boolean isWrittenAs(PrimitiveType column) {
        LogicalTypeAnnotation meaning = column.getLogicalTypeAnnotation();
        if (type instanceof IntegerType) {
            return Column.isWhole(column);
        } else if (type instanceof NumberType) {
            return column.getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE;
        } else if (type instanceof BooleanType) {
            return Column.isBoolean(column);
        } else if (type instanceof DateTimeType) {
            return Column.isTimestamp(column);
        } else {
            return (type instanceof DateType ? LogicalTypeAnnotation.dateType() : LogicalTypeAnnotation.stringType())
                    .equals(meaning);
        }
    }
}

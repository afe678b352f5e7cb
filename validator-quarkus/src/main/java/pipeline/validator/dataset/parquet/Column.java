package pipeline.validator.dataset.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import pipeline.validator.dataset.parquet.column.Timestamps;

/** A flat column, read row by row. Before a value is read, {@link #hasValue} must be true. */
public final class Column {
    private final ColumnDescriptor descriptor;
    private final PrimitiveTypeName type;
    /** Null if it holds no timestamps of 64 bits. */
    private final Timestamps.Format format;

    private ColumnReader reader;

    Column(ColumnDescriptor descriptor) {
        this.descriptor = descriptor;
        this.type = descriptor.getPrimitiveType().getPrimitiveTypeName();
        this.format = descriptor.getPrimitiveType().getLogicalTypeAnnotation()
                        instanceof TimestampLogicalTypeAnnotation timestamp
                ? Timestamps.Format.valueOf(timestamp.getUnit().name())
                : null;
    }

    /** Returns whether a column holds plain numbers, of any width. */
    public static boolean isNumber(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case DOUBLE, FLOAT, INT64, INT32 -> meaning == null || meaning instanceof IntLogicalTypeAnnotation;
            default -> false;
        };
    }

    public static boolean isWhole(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT64, INT32 -> isNumber(type);
            default -> false;
        };
    }

    public static boolean isTimestamp(PrimitiveType type) {
        return type.getPrimitiveTypeName() == PrimitiveTypeName.INT96
                || type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation;
    }

    public static boolean isText(PrimitiveType type) {
        return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }

    public static boolean isBoolean(PrimitiveType type) {
        return type.getPrimitiveTypeName() == PrimitiveTypeName.BOOLEAN;
    }

    public String name() {
        return descriptor.getPath()[0];
    }

    ColumnDescriptor descriptor() {
        return descriptor;
    }

    /** Moves to the first row of a row group. */
    void start(ColumnReadStore rowGroup) {
        reader = rowGroup.getColumnReader(descriptor);
    }

    void next() {
        reader.consume();
    }

    public boolean hasValue() {
        return reader.getCurrentDefinitionLevel() == descriptor.getMaxDefinitionLevel();
    }

    public double number() {
        return switch (type) {
            case DOUBLE -> reader.getDouble();
            case FLOAT -> reader.getFloat();
            default -> whole();
        };
    }

    public long whole() {
        return type == PrimitiveTypeName.INT64 ? reader.getLong() : reader.getInteger();
    }

    public boolean bool() {
        return reader.getBoolean();
    }

    public String text() {
        return reader.getBinary().toStringUsingUTF8();
    }

    /** Returns a timestamp as microseconds since 1970. One without a time zone is taken as UTC. */
    public long micros() {
        return type == PrimitiveTypeName.INT96 ? int96(reader.getBinary()) : format.micros(reader.getLong());
    }

    private static long int96(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return Timestamps.int96(bytes.getLong(bytes.position()), bytes.getInt(bytes.position() + Long.BYTES));
    }
}

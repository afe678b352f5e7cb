package pipeline.validator.dataset.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Reads timestamps of any unit as microseconds since 1970. Timestamps without a zone are taken as UTC; what is finer
 * than a microsecond is cut off.
 */
interface TimestampColumn {
    /** The Julian day of 1970-01-01, from which INT96 counts. */
    long EPOCH_JULIAN_DAY = 2_440_588;

    long micros(ColumnReader column);

    /** Returns nothing when the column does not hold timestamps. */
    static Optional<TimestampColumn> of(PrimitiveType type) {
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            return Optional.of(column -> int96(column.getBinary()));
        }
        if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp) {
            return Optional.of(column -> micros(timestamp, column.getLong()));
        }
        return Optional.empty();
    }

    static long micros(TimestampLogicalTypeAnnotation type, long value) {
        return switch (type.getUnit()) {
            case MILLIS -> Math.multiplyExact(value, 1_000L);
            case MICROS -> value;
            case NANOS -> Math.floorDiv(value, 1_000L);
        };
    }

    private static long int96(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanosOfDay = bytes.getLong(bytes.position());
        long day = bytes.getInt(bytes.position() + Long.BYTES) - EPOCH_JULIAN_DAY;
        return day * TimeUnit.DAYS.toMicros(1) + Math.floorDiv(nanosOfDay, 1_000L);
    }
}

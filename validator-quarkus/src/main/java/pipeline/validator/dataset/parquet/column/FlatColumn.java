package pipeline.validator.dataset.parquet.column;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/**
 * A column at the top level of a file.
 *
 * @param chunk its place in each row group
 */
public record FlatColumn(SchemaElement element, int chunk) {
    String name() {
        return element.getName();
    }

    boolean isOptional() {
        return element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
    }

    private boolean is(Type type) {
        return element.getType() == type
                && element.getNum_children() == 0
                && element.getRepetition_type() != FieldRepetitionType.REPEATED;
    }

    private boolean hasNoMeaning() {
        return !element.isSetLogicalType() && !element.isSetConverted_type();
    }

    public boolean isDouble() {
        return is(Type.DOUBLE) && hasNoMeaning();
    }

    public boolean isString() {
        boolean isMeant = element.isSetLogicalType()
                ? element.getLogicalType().isSetSTRING()
                : element.getConverted_type() == ConvertedType.UTF8;
        return is(Type.BYTE_ARRAY) && isMeant;
    }

    /** Returns whether it holds whole numbers of 32 or 64 bits. */
    public boolean isWhole() {
        return (is(Type.INT32) || is(Type.INT64)) && hasNoMeaning();
    }

    /** Returns how it holds timestamps, or null if it does not. */
    public Timestamps.Format timestamps() {
        if (is(Type.INT96)) {
            return Timestamps.Format.INT96;
        }
        if (!is(Type.INT64)) {
            return null;
        }
        if (element.isSetLogicalType()) {
            return element.getLogicalType().isSetTIMESTAMP()
                    ? format(element.getLogicalType().getTIMESTAMP().getUnit())
                    : null;
        }
        if (element.getConverted_type() == ConvertedType.TIMESTAMP_MICROS) {
            return Timestamps.Format.MICROS;
        }
        return element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS ? Timestamps.Format.MILLIS : null;
    }

    private static Timestamps.Format format(TimeUnit unit) {
        if (unit.isSetMICROS()) {
            return Timestamps.Format.MICROS;
        }
        return unit.isSetMILLIS() ? Timestamps.Format.MILLIS : Timestamps.Format.NANOS;
    }
}

package pipeline.validator.dataset.parquet.column;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.Type;

/** A column, or a group of columns, at the top level of a file. */
public final class FlatColumn {
    /** The fields of the union LogicalType. */
    private static final int STRING = 1;

    private static final int TIMESTAMP = 8;

    private String name = "";
    private Type type;
    private FieldRepetitionType repetition;
    private int children;
    private ConvertedType converted;
    /** 0 if there is none. */
    private int logicalType;
    /** The field of the union TimeUnit: milli-, micro- or nanoseconds. */
    private int timeUnit;

    private final List<Chunk> chunks = new ArrayList<>(1);

    private FlatColumn() {}

    static FlatColumn read(ThriftReader in) {
        FlatColumn column = new FlatColumn();
        in.begin();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> column.type = Type.findByValue(in.smallNumber());
                case 3 -> column.repetition = FieldRepetitionType.findByValue(in.smallNumber());
                case 4 -> column.name = in.string();
                case 5 -> column.children = in.smallNumber();
                case 6 -> column.converted = ConvertedType.findByValue(in.smallNumber());
                case 10 -> column.readLogicalType(in);
                default -> in.skip();
            }
        }
        return column;
    }

    private void readLogicalType(ThriftReader in) {
        in.begin();
        while (in.nextField()) {
            logicalType = in.field();
            if (logicalType == TIMESTAMP) {
                readTimestamp(in);
            } else {
                in.skip();
            }
        }
    }

    private void readTimestamp(ThriftReader in) {
        in.begin();
        while (in.nextField()) {
            if (in.field() == 2) {
                in.begin();
                while (in.nextField()) {
                    timeUnit = in.field();
                    in.skip();
                }
            } else {
                in.skip();
            }
        }
    }

    String name() {
        return name;
    }

    int children() {
        return children;
    }

    /** Returns its part of each row group that has rows. */
    public List<Chunk> chunks() {
        return chunks;
    }

    boolean isOptional() {
        return repetition == FieldRepetitionType.OPTIONAL;
    }

    private boolean is(Type expected) {
        return type == expected && children == 0 && repetition != FieldRepetitionType.REPEATED;
    }

    private boolean hasNoMeaning() {
        return logicalType == 0 && converted == null;
    }

    public boolean isDouble() {
        return is(Type.DOUBLE) && hasNoMeaning();
    }

    public boolean isBoolean() {
        return is(Type.BOOLEAN);
    }

    public boolean isString() {
        return is(Type.BYTE_ARRAY) && (logicalType == 0 ? converted == ConvertedType.UTF8 : logicalType == STRING);
    }

    /** Returns whether it holds whole numbers of 32 or 64 bits. */
    public boolean isWhole() {
        return (is(Type.INT32) || is(Type.INT64)) && hasNoMeaning();
    }

    /** Returns whether it holds whole numbers of 64 bits. */
    public boolean isLong() {
        return isWhole() && is(Type.INT64);
    }

    /** Returns how it holds timestamps, or null if it does not. */
    public Timestamps.Format timestamps() {
        if (is(Type.INT96)) {
            return Timestamps.Format.INT96;
        }
        if (!is(Type.INT64)) {
            return null;
        }
        if (logicalType == TIMESTAMP) {
            return switch (timeUnit) {
                case 1 -> Timestamps.Format.MILLIS;
                case 2 -> Timestamps.Format.MICROS;
                case 3 -> Timestamps.Format.NANOS;
                default -> null;
            };
        }
        if (logicalType != 0 || converted == null) {
            return null;
        }
        return switch (converted) {
            case TIMESTAMP_MILLIS -> Timestamps.Format.MILLIS;
            case TIMESTAMP_MICROS -> Timestamps.Format.MICROS;
            default -> null;
        };
    }
}

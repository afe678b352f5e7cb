package pipeline.validator.dataset.parquet;

import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Reads a plain number of any width as a double. */
interface NumberColumn {
    double number(ColumnReader column);

    /** Returns nothing when the column does not hold plain numbers. */
    static Optional<NumberColumn> of(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning != null && !(meaning instanceof IntLogicalTypeAnnotation)) {
            return Optional.empty();
        }
        return switch (type.getPrimitiveTypeName()) {
            case DOUBLE -> Optional.of(ColumnReader::getDouble);
            case FLOAT -> Optional.of(ColumnReader::getFloat);
            case INT64 -> Optional.of(ColumnReader::getLong);
            case INT32 -> Optional.of(ColumnReader::getInteger);
            default -> Optional.empty();
        };
    }

    /** Returns whether the column holds whole numbers. */
    static boolean isWhole(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT64, INT32 -> NumberColumn.of(type).isPresent();
            default -> false;
        };
    }
}

package pipeline.validator.dataset.parquet.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.parquet.schema.PrimitiveType;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.ValueType.BooleanType;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.validator.dataset.parquet.Column;
import pipeline.validator.dataset.parquet.ParquetFile;
import pipeline.validator.dataset.parquet.grouped.EventColumns;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads group, time and value of the events in one file, row by row. */
final class EventReader {
    private final ParquetFile file;
    private final List<Column> columns = new ArrayList<>();
    private final ValueType groupType;
    /** That of the folder, if the column is null. */
    private final Object groupOfFolder;

    private final Column group;
    private final Column time;
    /** Null if events are only counted. */
    private final Column value;

    /** @param folders the values of columns that only the names of the file's folders have */
    EventReader(ParquetFile file, EventSchema schema, Map<String, Object> folders) throws UnreadableFileException {
        this.file = file;
        Optional<Field> field = EventFields.group(schema);
        boolean isInFile = field.isPresent() && !folders.containsKey(field.get().name());
        groupType = isInFile ? field.get().shape().type() : null;
        groupOfFolder = field.map(Field::name).map(folders::get).orElse(null);
        group = isInFile ? column(field.get().name(), "a group", isOf(groupType)) : null;
        time = column(EventFields.time(schema), "a timestamp", Column::isTimestamp);
        value = schema.roles().value() == null ? null : column(schema.roles().value(), "a number", Column::isNumber);
    }

    private static Predicate<PrimitiveType> isOf(ValueType type) {
        if (type instanceof IntegerType) {
            return Column::isWhole;
        }
        return type instanceof BooleanType ? Column::isBoolean : Column::isText;
    }

    private Column column(String name, String expected, Predicate<PrimitiveType> isExpected)
            throws UnreadableFileException {
        if (!file.has(name)) {
            throw new UnreadableFileException("it has no column " + name);
        }
        Optional<Column> column = file.column(name, isExpected);
        if (column.isEmpty()) {
            throw new UnreadableFileException("its column " + name + " is "
                    + file.type(name).map(PrimitiveType::toString).orElse("nested") + ", not " + expected);
        }
        columns.add(column.get());
        return column.get();
    }

    void forEachRow(Runnable action) throws IOException {
        file.forEachRow(columns, file.rows(), action);
    }

    /** Returns the columns that have what this reader reads. */
    EventColumns.Names names() {
        return new EventColumns.Names(name(group), name(time), name(value));
    }

    private static String name(Column column) {
        return column == null ? null : column.name();
    }

    /** Returns the group of all events if the file has none. */
    Object groupOfFolder() {
        return groupOfFolder;
    }

    /** Returns the group of the current row. */
    Object group() {
        if (group == null || !group.hasValue()) {
            return groupOfFolder;
        } else if (groupType instanceof IntegerType) {
            return group.whole();
        } else {
            return groupType instanceof BooleanType ? (Object) group.bool() : group.text();
        }
    }

    boolean hasTime() {
        return time.hasValue();
    }

    long micros() {
        return time.micros();
    }

    /** Returns whether events have values. */
    boolean readsValues() {
        return value != null;
    }

    boolean hasValue() {
        return value.hasValue();
    }

    double value() {
        return value.number();
    }
}

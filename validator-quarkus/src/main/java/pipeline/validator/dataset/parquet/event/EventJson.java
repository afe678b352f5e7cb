package pipeline.validator.dataset.parquet.event;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import pipeline.events.Timestamps;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.validator.dataset.parquet.column.Timestamps.Format;

/**
 * Turns a row into values that JSON has: nested columns into maps and lists, times into text, and numbers that are not finite into
 * null.
 *
 * @param folders the values of columns that only the names of the file's folders have
 */
record EventJson(EventSchema schema, Map<String, Object> folders) {

    /** Returns the values of the columns of the event, in the order of the schema, then those of the other columns of the file. */
    Map<String, Object> columns(Group row) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (Field field : schema.columns()) {
            columns.put(field.name(), folders.get(field.name()));
        }
        columns.putAll(struct(row));
        return columns;
    }

    private static Map<String, Object> struct(Group group) {
        Map<String, Object> fields = new LinkedHashMap<>();
        GroupType type = group.getType();
        for (int i = 0; i < type.getFieldCount(); i++) {
            fields.put(type.getFieldName(i), field(group, type.getType(i), i));
        }
        return fields;
    }

    private static Object field(Group group, Type type, int field) {
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            return items(group, type, field);
        }
        if (group.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        if (type.isPrimitive()) {
            return value(group, type.asPrimitiveType(), field, 0);
        }
        Group nested = group.getGroup(field, 0);
        return type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
                ? field(nested, nested.getType().getType(0), 0)
                : struct(nested);
    }

    /** The items of a list are groups of one field, which may be null. */
    private static List<Object> items(Group list, Type type, int field) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < list.getFieldRepetitionCount(field); i++) {
            if (type.isPrimitive()) {
                items.add(value(list, type.asPrimitiveType(), field, i));
            } else {
                Group item = list.getGroup(field, i);
                items.add(field(item, item.getType().getType(0), 0));
            }
        }
        return items;
    }

    private static Object value(Group group, PrimitiveType type, int field, int index) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(field, index);
            case INT32 ->
                type.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation
                        ? LocalDate.ofEpochDay(group.getInteger(field, index)).toString()
                        : (Object) group.getInteger(field, index);
            case INT64 ->
                type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
                        ? time(Format.valueOf(timestamp.getUnit().name()).micros(group.getLong(field, index)))
                        : (Object) group.getLong(field, index);
            case DOUBLE -> finite(group.getDouble(field, index));
            case FLOAT -> finite(group.getFloat(field, index));
            default -> group.getValueToString(field, index);
        };
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String time(long micros) {
        return Timestamps.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
}

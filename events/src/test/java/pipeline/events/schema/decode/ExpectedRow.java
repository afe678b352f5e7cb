package pipeline.events.schema.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.Shape;
import pipeline.events.schema.ValueType;

/** The row of a valid event, made from Jackson's tree. */
final class ExpectedRow {
    private final ObjectNode rescued = JsonMapper.builder().build().createObjectNode();
    private final boolean rescues;

    ExpectedRow(boolean rescues) {
        this.rescues = rescues;
    }

    /** Returns the values; the last is the tree of what is rescued, if the schema says so. */
    List<Object> row(EventSchema schema, JsonNode event) {
        List<Object> row = fields(schema.event(), event, "", rescues);
        if (rescues) {
            row.add(rescued.isEmpty() ? null : rescued);
        }
        return row;
    }

    private List<Object> fields(ObjectType type, JsonNode object, String at, boolean isRescued) {
        List<Object> values = new ArrayList<>();
        for (Field field : type.columns()) {
            values.add(value(field.shape(), object.path(field.name()), child(at, field.name()), isRescued));
        }
        Set<String> columns = type.columns().stream().map(Field::name).collect(Collectors.toSet());
        object.properties().forEach(field -> {
            if (isRescued && !columns.contains(field.getKey())) {
                rescued.set(child(at, field.getKey()), field.getValue());
            }
        });
        return values;
    }

    private Object value(Shape shape, JsonNode json, String at, boolean isRescued) {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        ValueType type = shape.type();
        if (type instanceof ValueType.IntegerType) {
            return json.longValue();
        } else if (type instanceof ValueType.NumberType) {
            return json.doubleValue();
        } else if (type instanceof ValueType.BooleanType) {
            return json.booleanValue();
        } else if (type instanceof ValueType.StringType) {
            return json.textValue();
        } else if (type instanceof ValueType.DateTimeType) {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, OffsetDateTime.parse(json.textValue()).toInstant());
        } else if (type instanceof ValueType.DateType) {
            return (int) LocalDate.parse(json.textValue()).toEpochDay();
        } else if (type instanceof ValueType.ArrayType array) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < json.size(); i++) {
                items.add(value(array.items(), json.get(i), child(at, "" + i), isRescued));
            }
            return items;
        } else {
            return fields(((ValueType.StructType) type).object(), json, at, isRescued);
        }
    }

    private static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}

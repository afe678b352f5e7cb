package pipeline.endtoend.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import pipeline.endtoend.system.ParquetRows;
import pipeline.events.output.OutputTree;

/**
 * The columns of a file and of its folders. They bring the event of a row, and the JSON that was sent, into one form: columns that
 * are null are left out, numbers are those of the columns, and date-times are in UTC. What is no column stays as it was sent. The
 * form is a text, since the trees of a hundred thousand events need half a gigabyte.
 */
final class RowColumns {
    private static final Set<String> OURS =
            Set.of(OutputTree.KAFKA_PARTITION, OutputTree.KAFKA_OFFSET, OutputTree.KAFKA_TIMESTAMP, OutputTree.RESCUED);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Path file;
    private final MessageType columns;
    /** The values of the columns that are only in the names of the folders. */
    private final Map<String, JsonNode> inNames;

    private final FolderLevels levels;

    private RowColumns(Path file, MessageType columns, FolderLevels levels) {
        this.file = file;
        this.columns = columns;
        this.levels = levels;
        this.inNames = levels.values(file);
    }

    /** @param schema any of the run's schemas, since all have the same folders */
    static ParquetRows.Format<SchemaRow> format(JsonNode schema) {
        FolderLevels levels = FolderLevels.of(schema);
        return (file, columns) -> new RowColumns(file, columns, levels)::event;
    }

    Path file() {
        return file;
    }

    /** Returns the names of the event's columns, in the file and in the names of its folders. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(inNames.keySet());
        columns.getFields().stream().map(Type::getName).forEach(names::add);
        names.removeAll(OURS);
        return names;
    }

    /** Returns the names of the pipeline's own columns. */
    Set<String> others() {
        Set<String> names = new TreeSet<>(OURS);
        names.removeIf(name -> !columns.containsField(name));
        return names;
    }

    private SchemaRow event(Group row) {
        ObjectNode event = object(row);
        JsonNode time = event.remove(OutputTree.KAFKA_TIMESTAMP);
        JsonNode rescued = event.remove(OutputTree.RESCUED);
        event.remove(OURS);
        inNames.forEach((name, value) -> {
            if (!value.isNull()) {
                putNew(event, name, value);
            }
        });
        levels.requireFolders(file, event);
        ObjectNode unknown = rescued == null ? NODES.objectNode() : parse(rescued.textValue());
        unknown.properties().forEach(field -> merge(event, field.getKey(), field.getValue()));
        return new SchemaRow(this, text(event), time == null ? null : Instant.parse(time.textValue()), unknown.size());
    }

    private static void merge(ObjectNode event, String pointer, JsonNode value) {
        JsonPointer place = JsonPointer.compile(pointer);
        if (!(event.at(place.head()) instanceof ObjectNode parent)) {
            throw new IllegalStateException("no object for the rescued " + pointer + ": " + event);
        }
        putNew(parent, place.last().getMatchingProperty(), value);
    }

    private static void putNew(ObjectNode object, String name, JsonNode value) {
        if (object.has(name)) {
            throw new IllegalStateException(name + " is there twice: " + object + " and " + value);
        }
        object.set(name, value);
    }

    private static ObjectNode object(Group row) {
        ObjectNode json = NODES.objectNode();
        for (Type column : row.getType().getFields()) {
            if (row.getFieldRepetitionCount(column.getName()) > 0) {
                json.set(column.getName(), value(column, row));
            }
        }
        return json;
    }

    private static JsonNode value(Type column, Group row) {
        String name = column.getName();
        if (isList(column)) {
            return list(row.getGroup(name, 0));
        } else if (!column.isPrimitive()) {
            return object(row.getGroup(name, 0));
        }
        return switch (column.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 ->
                isDate(column)
                        ? NODES.textNode(
                                LocalDate.ofEpochDay(row.getInteger(name, 0)).toString())
                        : NODES.numberNode((long) row.getInteger(name, 0));
            case INT64 ->
                isTime(column)
                        ? time(Instant.EPOCH.plus(row.getLong(name, 0), ChronoUnit.MICROS))
                        : NODES.numberNode(row.getLong(name, 0));
            case DOUBLE -> number(row.getDouble(name, 0));
            case BOOLEAN -> NODES.booleanNode(row.getBoolean(name, 0));
            case BINARY -> NODES.textNode(row.getString(name, 0));
            default -> throw new IllegalStateException("a column of another type: " + column);
        };
    }

    private static ArrayNode list(Group list) {
        ArrayNode items = NODES.arrayNode();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            Group item = list.getGroup(0, i);
            items.add(
                    item.getFieldRepetitionCount(0) == 0
                            ? NODES.nullNode()
                            : value(item.getType().getType(0), item));
        }
        return items;
    }

    /** Returns a valid event, as a row with these columns has it. */
    String sent(byte[] value) {
        ObjectNode event = object(columns, parse(value));
        inNames.keySet().stream()
                .filter(name -> event.path(name).isNull())
                .toList()
                .forEach(event::remove);
        return text(event);
    }

    /** Returns another text for each tree: fields are in the order of their names, and numbers name their type. */
    private static String text(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(field -> NODES.textNode(field.getKey()) + ":" + text(field.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        } else if (value.isArray()) {
            return value.valueStream().map(RowColumns::text).collect(Collectors.joining(",", "[", "]"));
        }
        return value.isNumber() ? value.numberType() + " " + value : value.toString();
    }

    private static ObjectNode object(GroupType columns, JsonNode sent) {
        ObjectNode json = NODES.objectNode();
        sent.properties().forEach(field -> {
            if (!columns.containsField(field.getKey())) {
                json.set(field.getKey(), field.getValue());
            } else if (!field.getValue().isNull()) {
                json.set(field.getKey(), value(columns.getType(field.getKey()), field.getValue()));
            }
        });
        return json;
    }

    /** A value that does not fit the column stays as it is, and differs from any that the column can have. */
    private static JsonNode value(Type column, JsonNode sent) {
        if (isList(column) && sent.isArray()) {
            Type item = column.asGroupType().getType(0).asGroupType().getType(0);
            ArrayNode items = NODES.arrayNode();
            sent.forEach(value -> items.add(value.isNull() ? value : value(item, value)));
            return items;
        } else if (!column.isPrimitive()) {
            return sent.isObject() ? object(column.asGroupType(), sent) : sent;
        } else if (isTime(column)) {
            return time(OffsetDateTime.parse(sent.textValue()).toInstant());
        }
        return switch (column.asPrimitiveType().getPrimitiveTypeName()) {
            case INT64 -> sent.isIntegralNumber() ? NODES.numberNode(sent.longValue()) : sent;
            case DOUBLE -> sent.isNumber() ? number(sent.doubleValue()) : sent;
            default -> sent;
        };
    }

    private static boolean isList(Type column) {
        return column.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation;
    }

    private static boolean isTime(Type column) {
        return column.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation;
    }

    private static boolean isDate(Type column) {
        return column.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation;
    }

    private static JsonNode time(Instant time) {
        return NODES.textNode(time.toString());
    }

    /** Jackson's tree has no negative zero. */
    private static JsonNode number(double value) {
        return NODES.numberNode(value + 0.0);
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    private static ObjectNode parse(byte[] json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}

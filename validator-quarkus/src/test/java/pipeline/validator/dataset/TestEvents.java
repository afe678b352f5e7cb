package pipeline.validator.dataset;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import pipeline.events.RejectedEventException;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.Field;
import pipeline.events.schema.Partition;
import pipeline.events.schema.Shape;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.decode.EventDecoder;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.schema.reader.Values;

/** Events of a schema in Parquet files like those of the job. */
public final class TestEvents {
    /** Kafka's time of the first event in each batch; each further one is a microsecond later. */
    public static final Instant KAFKA_TIME = Instant.parse("2026-11-22T12:34:57Z");

    private final EventSchema schema;
    private final List<Partition> folders;

    private final boolean hasKafkaTime;

    /** @param hasKafkaTime whether the files can hold the time of the records */
    TestEvents(EventSchema schema, boolean hasKafkaTime) {
        this.schema = schema;
        this.hasKafkaTime = hasKafkaTime;
        this.folders = schema.roles().partition();
    }

    public static EventSchema schema(String json) {
        return SchemaFile.parse("test.schema.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private record Row(Object[] values, long offset) {}

    private record Struct(Object[] fields) {}

    private record Items(Object[] items) {}

    private static final class PlainValues implements Values {
        @Override
        public Object string(String text) {
            return text;
        }

        @Override
        public Object string(byte[] bytes, int from, int length) {
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }

        @Override
        public Object struct(Object[] fields) {
            return new Struct(fields);
        }

        @Override
        public Object list(Object[] items) {
            return new Items(items);
        }
    }

    /** Writes the files of a batch, and returns their paths with the number of rows. */
    Map<String, Integer> write(Path run, long seq, long firstOffset, List<String> events) {
        EventDecoder decoder = new EventDecoder(schema, new PlainValues());
        Map<String, List<Row>> byFolder = new TreeMap<>();
        for (int i = 0; i < events.size(); i++) {
            Object[] values = decode(decoder, events.get(i));
            byFolder.computeIfAbsent(folder(values), first -> new ArrayList<>()).add(new Row(values, firstOffset + i));
        }
        Map<String, Integer> files = new TreeMap<>();
        byFolder.forEach((folder, rows) -> {
            String path = folder + OutputTree.partName(seq, files.size(), OutputTree.PARQUET_SUFFIX);
            TestFiles.write(
                    run.resolve(path),
                    fileSchema(),
                    all -> rows.forEach(row -> all.add(group -> {
                        put(group, row, firstOffset);
                    })));
            files.put(path, rows.size());
        });
        return files;
    }

    private static Object[] decode(EventDecoder decoder, String json) {
        try {
            return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
        } catch (RejectedEventException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private boolean isInFile(Field field) {
        return folders.stream()
                .noneMatch(level -> level.isOnlyInName() && level.column().equals(field.name()));
    }

    private String folder(Object[] values) {
        StringBuilder path = new StringBuilder();
        List<String> names = schema.columns().stream().map(Field::name).toList();
        for (Partition level : folders) {
            Object value = values[names.indexOf(level.column())];
            path.append(level.folder()).append('=').append(name(level, value)).append('/');
        }
        return path.toString();
    }

    private static String name(Partition level, Object value) {
        if (value == null) {
            return "__HIVE_DEFAULT_PARTITION__";
        }
        return switch (level.kind()) {
            case DAY, HOUR ->
                Instant.EPOCH
                        .plus((long) value, ChronoUnit.MICROS)
                        .atOffset(ZoneOffset.UTC)
                        .toString()
                        .replace('T', '-')
                        .substring(0, level.kind() == Partition.Kind.DAY ? 10 : 13);
            default -> value.toString().replace("%", "%25").replace("/", "%2F").replace(":", "%3A");
        };
    }

    private MessageType fileSchema() {
        List<Type> columns = new ArrayList<>();
        schema.columns().stream()
                .filter(this::isInFile)
                .forEach(field -> columns.add(type(
                        field.isNullable() ? Repetition.OPTIONAL : Repetition.REQUIRED, field.shape(), field.name())));
        columns.add(Types.required(INT32).named(OutputTree.KAFKA_PARTITION));
        columns.add(Types.required(INT64).named(OutputTree.KAFKA_OFFSET));
        columns.add(Types.optional(INT64)
                .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                .named(OutputTree.KAFKA_TIMESTAMP));
        if (schema.unknown() == Unknown.RESCUE) {
            columns.add(Types.optional(BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(OutputTree.RESCUED));
        }
        return new MessageType("spark_schema", columns);
    }

    private static Type type(Repetition repetition, Shape shape, String name) {
        ValueType type = shape.type();
        if (type instanceof ValueType.IntegerType) {
            return Types.primitive(INT64, repetition).named(name);
        } else if (type instanceof ValueType.NumberType) {
            return Types.primitive(DOUBLE, repetition).named(name);
        } else if (type instanceof ValueType.BooleanType) {
            return Types.primitive(BOOLEAN, repetition).named(name);
        } else if (type instanceof ValueType.StringType) {
            return Types.primitive(BINARY, repetition)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(name);
        } else if (type instanceof ValueType.DateTimeType) {
            return Types.primitive(INT64, repetition)
                    .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                    .named(name);
        } else if (type instanceof ValueType.DateType) {
            return Types.primitive(INT32, repetition)
                    .as(LogicalTypeAnnotation.dateType())
                    .named(name);
        } else if (type instanceof ValueType.ArrayType array) {
            Repetition ofItems = array.items().takesNull() ? Repetition.OPTIONAL : Repetition.REQUIRED;
            return Types.list(repetition)
                    .element(type(ofItems, array.items(), "element"))
                    .named(name);
        } else {
            Types.GroupBuilder<?> struct = Types.buildGroup(repetition);
            ((ValueType.StructType) type)
                    .object()
                    .columns()
                    .forEach(field -> struct.addField(type(
                            field.isNullable() ? Repetition.OPTIONAL : Repetition.REQUIRED,
                            field.shape(),
                            field.name())));
            return (Type) struct.named(name);
        }
    }

    private void put(Group group, Row row, long firstOffset) {
        List<Field> fields = schema.columns();
        for (int i = 0; i < fields.size(); i++) {
            if (isInFile(fields.get(i))) {
                put(group, fields.get(i).name(), fields.get(i).shape(), row.values()[i]);
            }
        }
        group.add(OutputTree.KAFKA_PARTITION, 0);
        group.add(OutputTree.KAFKA_OFFSET, row.offset());
        if (hasKafkaTime) {
            group.add(OutputTree.KAFKA_TIMESTAMP, TestFiles.micros(KAFKA_TIME) + row.offset() - firstOffset);
        }
        if (row.values().length > fields.size() && row.values()[fields.size()] != null) {
            group.add(OutputTree.RESCUED, (String) row.values()[fields.size()]);
        }
    }

    private static void put(Group group, String name, Shape shape, Object value) {
        if (value instanceof Struct struct) {
            put(
                    group.addGroup(name),
                    ((ValueType.StructType) shape.type()).object().columns(),
                    struct.fields());
        } else if (value instanceof Items list) {
            Group items = group.addGroup(name);
            for (Object item : list.items()) {
                put(items.addGroup("list"), "element", ((ValueType.ArrayType) shape.type()).items(), item);
            }
        } else if (value instanceof String text) {
            group.add(name, text);
        } else if (value instanceof Long number) {
            group.add(name, number);
        } else if (value instanceof Double number) {
            group.add(name, number);
        } else if (value instanceof Boolean bool) {
            group.add(name, bool);
        } else if (value instanceof Integer days) {
            group.add(name, days);
        }
    }

    private static void put(Group group, List<Field> fields, Object[] values) {
        for (int i = 0; i < values.length; i++) {
            put(group, fields.get(i).name(), fields.get(i).shape(), values[i]);
        }
    }
}

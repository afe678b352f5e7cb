package pipeline.validator.dataset.parquet.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.Partition;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.ValueType.BooleanType;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** The values of the columns that only the names of a file's folders have, as in {@code country=DE/part-0.parquet}. */
final class FolderValues {
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private FolderValues() {}

    /** Returns them by column: texts, longs, booleans or null. */
    static Map<String, Object> of(String path, EventSchema schema) throws UnreadableFileException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Partition level : schema.roles().partition()) {
            if (level.isOnlyInName()) {
                Field field = EventFields.field(schema, level.column());
                values.put(field.name(), value(field, name(path, level)));
            }
        }
        return values;
    }

    /** Returns what is after the equals sign in the name of the innermost folder of this level. */
    private static String name(String path, Partition level) throws UnreadableFileException {
        String[] names = path.split("/");
        String prefix = level.folder() + "=";
        for (int i = names.length - 2; i >= 0; i--) {
            if (names[i].startsWith(prefix)) {
                return names[i].substring(prefix.length());
            }
        }
        throw new UnreadableFileException("no folder " + prefix + "… names its " + level.column());
    }

    private static Object value(Field field, String name) throws UnreadableFileException {
        if (name.equals(NULL)) {
            return null;
        }
        ValueType type = field.shape().type();
        if (type instanceof BooleanType && (name.equals("true") || name.equals("false"))) {
            return Boolean.valueOf(name);
        }
        try {
            if (type instanceof IntegerType) {
                return Long.valueOf(name);
            } else if (!(type instanceof BooleanType)) {
                return unescaped(name);
            }
        } catch (NumberFormatException e) {
            // as any other name that is no value
        }
        throw new UnreadableFileException(
                "the folder " + field.name() + "=" + name + " does not name a value of " + field.name());
    }

    /** Hive writes some characters as the hexadecimal digits of their bytes, as URLs do. */
    private static String unescaped(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '%') {
                bytes.write(Integer.parseInt(name, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.writeBytes(Character.toString(name.codePointAt(i)).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(name.codePointAt(i)) - 1;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

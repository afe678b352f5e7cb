package pipeline.endtoend.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of folders say of the events in their files: the value of a column, which is then not in the files, or the day of
 * a date-time.
 *
 * @param levels the outermost first
 */
record FolderLevels(List<Level> levels) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern ENTRY = Pattern.compile("(day)\\((\\w+)\\)|(\\w+)");
    /** As Hive, and so every reader, names the folder of nulls. */
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private static final int DAY_LENGTH = "2026-11-22".length();

    /**
     * @param folder what is before the equals sign
     * @param schema that of the column
     */
    private record Level(String folder, String column, boolean isDay, JsonNode schema) {}

    /** @param schema a schema file, with entries of {@code partition} that are columns or days of columns */
    static FolderLevels of(JsonNode schema) {
        List<Level> levels = new ArrayList<>();
        for (JsonNode entry : schema.at("/x-pipeline/partition")) {
            Matcher name = ENTRY.matcher(entry.textValue());
            if (!name.matches()) {
                throw new IllegalArgumentException("not checked yet: " + entry);
            }
            boolean isDay = name.group(1) != null;
            String column = isDay ? name.group(2) : name.group(3);
            levels.add(new Level(
                    column + (isDay ? "_day" : ""),
                    column,
                    isDay,
                    schema.path("properties").path(column)));
        }
        return new FolderLevels(levels);
    }

    /** Returns the values of the columns that are only in the names of a file's folders. */
    Map<String, JsonNode> values(Path file) {
        Map<String, JsonNode> values = new HashMap<>();
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            if (!level.isDay()) {
                values.put(level.column(), value(level, name(file, i)));
            }
        }
        return values;
    }

    private static JsonNode value(Level level, String name) {
        if (name.equals(NULL)) {
            return NODES.nullNode();
        }
        return switch (level.schema().path("type").asText("string")) {
            case "boolean" -> NODES.booleanNode(Boolean.parseBoolean(name));
            case "integer" -> NODES.numberNode(Long.parseLong(name));
            default -> NODES.textNode(name);
        };
    }

    /** Fails if an event is in the folder of another day. */
    void requireFolders(Path file, ObjectNode event) {
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            if (level.isDay()) {
                JsonNode time = event.path(level.column());
                String day = time.isTextual() ? time.textValue().substring(0, DAY_LENGTH) : NULL;
                if (!day.equals(name(file, i))) {
                    throw new IllegalStateException(event + " is in " + file);
                }
            }
        }
    }

    private String name(Path file, int level) {
        Path folder = file.getParent().getName(file.getParent().getNameCount() - levels.size() + level);
        String prefix = levels.get(level).folder() + "=";
        if (!folder.toString().startsWith(prefix)) {
            throw new IllegalStateException(file + " is not in a folder " + prefix + "…");
        }
        String escaped = folder.toString().substring(prefix.length());
        return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

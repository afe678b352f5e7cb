package pipeline.events.schema.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.Field;
import pipeline.events.schema.FolderCount;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.Partition;
import pipeline.events.schema.Partition.Kind;
import pipeline.events.schema.Roles;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.ValueType.BooleanType;
import pipeline.events.schema.ValueType.DateTimeType;
import pipeline.events.schema.ValueType.DateType;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.events.schema.ValueType.NumberType;
import pipeline.events.schema.ValueType.StringType;

/** Reads the keyword {@value #KEYWORD}, which says what the pipeline does with some of the columns. */
final class RolesParser {
    static final String KEYWORD = "x-pipeline";

    private static final Set<String> KEYS = Set.of("group", "time", "value", "partition", "unknown");
    private static final Pattern ENTRY = Pattern.compile("(key|day|hour)\\((.*)\\)|(.*)", Pattern.DOTALL);

    /** A name that begins with a letter, without those that some reader takes for a number or null. */
    private static final Pattern NAME = Pattern.compile("(?!(?i:nan|inf|infinity|null)$)\\p{L}.*", Pattern.DOTALL);

    private final SchemaNode node;
    private final ObjectType event;

    RolesParser(SchemaNode node, ObjectType event) {
        this.node = node;
        this.event = event;
        node.require(node.json().isObject(), "has to be an object");
        for (String key : node.names()) {
            node.get(key)
                    .require(
                            KEYS.contains(key),
                            "not supported; supported are group, time, value, partition and unknown");
        }
    }

    Unknown unknown() {
        if (!node.has("unknown")) {
            return Unknown.RESCUE;
        }
        return switch (node.get("unknown").text()) {
            case "rescue" -> Unknown.RESCUE;
            case "drop" -> Unknown.DROP;
            default -> throw node.get("unknown").wrong("not supported; supported are rescue and drop");
        };
    }

    Roles roles() {
        return new Roles(group(), time(), value(), partition());
    }

    private String group() {
        if (!node.has("group")) {
            return null;
        }
        SchemaNode name = node.get("group");
        Field field = requiredColumn(name);
        name.require(
                isKey(field.shape().type()), "not supported; supported is a column of strings, integers or booleans");
        return field.name();
    }

    private String time() {
        if (!node.has("time")) {
            return null;
        }
        SchemaNode name = node.get("time");
        Field field = requiredColumn(name);
        name.require(
                field.shape().type() instanceof DateTimeType && !field.shape().takesNull(),
                "not supported; supported is a column of date-times without null");
        return field.name();
    }

    private String value() {
        if (!node.has("value")) {
            return null;
        }
        SchemaNode name = node.get("value");
        Field field = requiredColumn(name);
        ValueType type = field.shape().type();
        name.require(
                (type instanceof NumberType || type instanceof IntegerType)
                        && !field.shape().takesNull(),
                "not supported; supported is a column of numbers or integers without null");
        return field.name();
    }

    private Field requiredColumn(SchemaNode name) {
        Field field = column(name, name.text());
        name.require(field.required(), "not supported; supported are columns that are required");
        return field;
    }

    private Field column(SchemaNode at, String name) {
        return event.columns().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> at.wrong("names no column; supported are properties of the event"));
    }

    private static boolean isKey(ValueType type) {
        return type instanceof StringType || type instanceof IntegerType || type instanceof BooleanType;
    }

    private List<Partition> partition() {
        List<Partition> partition = new ArrayList<>();
        if (node.has("partition")) {
            Set<String> folders = new HashSet<>();
            for (SchemaNode entry : node.get("partition").items()) {
                Partition level = entry(entry);
                entry.require(folders.add(level.folder()), "has the same folders as another entry");
                requireOwnName(entry, level);
                partition.add(level);
            }
        }
        return partition;
    }

    /** A folder's name is a column for readers, so no other column may have it. */
    private void requireOwnName(SchemaNode entry, Partition level) {
        entry.require(
                event.columns().stream()
                        .noneMatch(field -> !field.name().equals(level.column())
                                && field.name().equalsIgnoreCase(level.folder())),
                "its folders have the name of the column " + level.folder());
    }

    private Partition entry(SchemaNode entry) {
        Matcher matcher = ENTRY.matcher(entry.text());
        matcher.matches();
        if (matcher.group(1) == null) {
            requireFewValues(entry, column(entry, entry.text()).shape().type());
            return new Partition(Kind.VALUE, entry.text());
        }
        Kind kind = Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        Field field = column(entry, matcher.group(2));
        ValueType type = field.shape().type();
        switch (kind) {
            case KEY ->
                entry.require(isKey(type), "not supported; supported is a column of strings, integers or booleans");
            case DAY ->
                entry.require(
                        type instanceof DateTimeType || type instanceof DateType,
                        "not supported; supported is a column of date-times or dates");
            default ->
                entry.require(type instanceof DateTimeType, "not supported; supported is a column of date-times");
        }
        return new Partition(kind, field.name());
    }

    private static void requireFewValues(SchemaNode entry, ValueType type) {
        entry.require(
                hasFewNames(type),
                "not supported; supported are booleans, integers with bounds, and enums of strings that begin with a letter"
                        + " and differ in more than case, of at most " + Partition.MOST_FOLDERS
                        + " values, or key(NAME), day(NAME) and hour(NAME)");
    }

    private static boolean hasFewNames(ValueType type) {
        OptionalLong values = FolderCount.of(type);
        return values.isPresent()
                && values.getAsLong() <= Partition.MOST_FOLDERS
                && (!(type instanceof StringType string)
                        || survive(string.rules().allowed()));
    }

    /**
     * Returns whether each reader finds these values again in the names of folders. Readers take what looks like a number or a
     * date for one, and some file systems do not distinguish upper and lower case.
     */
    private static boolean survive(Set<String> values) {
        return values.stream().allMatch(value -> NAME.matcher(value).matches())
                && values.stream()
                                .map(value -> value.toLowerCase(Locale.ROOT))
                                .distinct()
                                .count()
                        == values.size();
    }
}

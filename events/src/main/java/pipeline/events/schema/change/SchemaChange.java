package pipeline.events.schema.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import pipeline.events.StrictJson;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.Partition;
import pipeline.events.schema.Partition.Kind;
import pipeline.events.schema.Roles;
import pipeline.events.schema.Shape;
import pipeline.events.schema.ValueType.ArrayType;
import pipeline.events.schema.ValueType.StructType;
import pipeline.events.settings.Settings;

/**
 * The change from the newest schema of a run to that of a file. The run continues if its columns, and what the pipeline does with
 * them, stay the same. Columns may become nullable, and the event may have new nullable columns, which readers see as null in older
 * files. Constraints hold for the events of new batches only, so they may change.
 */
public final class SchemaChange {
    private static final JsonMapper JSON = new JsonMapper(StrictJson.FACTORY);

    private static final String NO_COLUMN = "no column";

    private final JsonNode file;
    private final List<String> problems = new ArrayList<>();

    private SchemaChange(JsonNode file) {
        this.file = file;
    }

    /**
     * Returns why the run cannot continue with the schema of the file, or nothing if it continues from the next batch. That is
     * one line about the first difference: it begins with the JSON pointer into the file, whose name the caller puts in front,
     * and ends with what to do. Properties come in the order of the file, then those that it does not have, then
     * {@code required}, and {@code x-pipeline} last.
     *
     * @param run the newest schema of the run
     */
    public static Optional<String> problem(EventSchema run, EventSchema file) {
        SchemaChange change = new SchemaChange(tree(file.text()));
        change.compareObjects(run.event(), file.event(), "");
        change.compareRoles(run, file);
        return change.problems.stream().findFirst();
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private void compareObjects(ObjectType run, ObjectType file, String at) {
        Map<String, Field> old = columns(run);
        Map<String, Field> now = columns(file);
        String properties = at + "/properties/";
        now.forEach((name, column) -> {
            if (old.containsKey(name)) {
                compareColumns(old.get(name), column, properties + name);
            } else if (!at.isEmpty()) {
                stop(properties + name, NO_COLUMN, typeName(column));
            }
        });
        old.forEach((name, column) -> {
            if (!now.containsKey(name)) {
                stop(properties + name, typeName(column), NO_COLUMN);
            }
        });
        now.forEach((name, column) -> compareRequired(old.get(name), column, at + "/required"));
    }

    private static Map<String, Field> columns(ObjectType object) {
        Map<String, Field> columns = new LinkedHashMap<>();
        object.columns().forEach(column -> columns.put(column.name(), column));
        return columns;
    }

    private static String typeName(Field column) {
        return TypeNames.of(column.shape().type());
    }

    private void compareColumns(Field run, Field file, String at) {
        // If the run also has events without the field, it is the keyword required that takes the nulls away.
        boolean losesNull = run.required() && run.isNullable() && !file.isNullable();
        compareShapes(run.shape(), file.shape(), losesNull, at);
    }

    private void compareRequired(Field run, Field file, String at) {
        if (file.isNullable()) {
            return;
        }
        if (run == null) {
            stop(at, file.name() + " is not a column", "required");
        } else if (!run.required()) {
            stop(at, file.name() + " is optional", "required");
        }
    }

    private void compareShapes(Shape run, Shape file, boolean losesNull, String at) {
        String old = TypeNames.of(run.type());
        String now = TypeNames.of(file.type());
        if (losesNull) {
            stop(typePointer(at), old + " or null", now);
        }
        if (run.type() instanceof ArrayType oldArray && file.type() instanceof ArrayType array) {
            boolean itemsLoseNull =
                    oldArray.items().takesNull() && !array.items().takesNull();
            compareShapes(oldArray.items(), array.items(), itemsLoseNull, at + "/items");
        } else if (run.type() instanceof StructType oldStruct && file.type() instanceof StructType struct) {
            compareObjects(oldStruct.object(), struct.object(), at);
        } else if (!old.equals(now)) {
            stop(typePointer(at), old, now);
        }
    }

    /** Returns where the file says which type a value has: in the keyword type, or elsewhere if it lists the values. */
    private String typePointer(String at) {
        JsonNode schema = file.at(at);
        return schema.has("enum") || schema.has("const") ? at : at + "/type";
    }

    private void compareRoles(EventSchema run, EventSchema file) {
        Roles old = run.roles();
        Roles now = file.roles();
        compareRole("group", old.group(), now.group());
        compareRole("time", old.time(), now.time());
        compareRole("value", old.value(), now.value());
        compareRole("partition", folders(old), folders(now));
        compareRole("unknown", lowerCase(run.unknown()), lowerCase(file.unknown()));
    }

    private void compareRole(String role, String run, String file) {
        if (!Objects.equals(run, file)) {
            String none = "no " + role;
            stop("/x-pipeline/" + role, Objects.requireNonNullElse(run, none), Objects.requireNonNullElse(file, none));
        }
    }

    /** Returns the entries as the file writes them, or null if there are none. */
    private static String folders(Roles roles) {
        String entries = roles.partition().stream().map(SchemaChange::entry).collect(Collectors.joining(", "));
        return entries.isEmpty() ? null : entries;
    }

    private static String entry(Partition level) {
        return level.kind() == Kind.VALUE ? level.column() : lowerCase(level.kind()) + "(" + level.column() + ")";
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void stop(String at, String run, String file) {
        problems.add(at + ": " + run + " in the run, but " + file + " in the file; set " + Settings.RUN_ID
                + " to a new name");
    }
}

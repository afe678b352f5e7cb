package pipeline.events.schema.draft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import pipeline.events.schema.file.ColumnNames;
import pipeline.events.schema.file.SchemaFile;

/** Chooses the columns of a sample: those that also fit the next events, as far as a sample can tell. */
final class FieldDrafts {
    /** A column has values in at least one of this many objects. */
    private static final int RAREST = 100;

    private FieldDrafts() {}

    /** Returns what becomes of the fields of events. */
    static List<FieldDraft> of(FieldSample event) {
        return fields(event, 1);
    }

    /** @param depth of the fields; those of the event have 1 */
    private static List<FieldDraft> fields(FieldSample object, int depth) {
        List<FieldDraft> fields = new ArrayList<>();
        object.fields().forEach((name, field) -> fields.add(field(name, field, object.count(Kind.OBJECT), depth)));
        return withUniqueNames(fields);
    }

    private static FieldDraft field(String name, FieldSample field, long objects, int depth) {
        String problem = ColumnNames.canBe(name, depth == 1) ? problem(field, depth) : "no column can have this name";
        if (problem == null && field.values() * RAREST < objects) {
            problem = "fewer than 1 % have a value";
        }
        if (problem != null) {
            return rescued(name, field, objects, problem);
        }
        return column(name, field, objects, Choice.ofField(field, objects), depth);
    }

    private static FieldDraft items(FieldSample array, int depth) {
        FieldSample items = array.items();
        long arrays = array.count(Kind.ARRAY);
        String problem = problem(items, depth);
        return problem == null
                ? column(FieldDraft.ITEMS, items, arrays, Choice.ofItems(items), depth)
                : rescued(FieldDraft.ITEMS, items, arrays, problem);
    }

    /** Returns why these values cannot be in a column, null if they can. */
    private static String problem(FieldSample sample, int depth) {
        Set<Kind> kinds = sample.kinds();
        if (kinds.isEmpty()) {
            return "only nulls";
        }
        for (Kind kind : kinds) {
            if (kind.fitsNoColumn()) {
                return "has " + kind.label();
            }
        }
        Kind type = Kind.common(kinds);
        if (type == null) {
            return "mixed types";
        }
        if (sample.hasTooManyFields()) {
            return String.format(Locale.ROOT, "more than %,d names", SampleReader.MAX_NAMES);
        }
        if (type.hasInside() && depth == SchemaFile.MAX_DEPTH) {
            return "deeper than " + SchemaFile.MAX_DEPTH + " objects and arrays";
        }
        return type == Kind.ARRAY && sample.items() == null ? "only empty arrays" : null;
    }

    private static FieldDraft rescued(String name, FieldSample sample, long places, String why) {
        return new FieldDraft(name, sample, places, Choice.rescued(why), List.of());
    }

    /** Of an object or an array, something inside has to be a column, too. */
    private static FieldDraft column(String name, FieldSample sample, long places, Choice choice, int depth) {
        List<FieldDraft> inside =
                switch (choice.type()) {
                    case OBJECT -> fields(sample, depth + 1);
                    case ARRAY -> List.of(items(sample, depth + 1));
                    default -> List.of();
                };
        boolean isColumn = !choice.type().hasInside() || inside.stream().anyMatch(FieldDraft::isColumn);
        return new FieldDraft(
                name, sample, places, isColumn ? choice : Choice.rescued("nothing in it can be a column"), inside);
    }

    /** Of columns whose names differ only in case, the one in most objects stays. */
    private static List<FieldDraft> withUniqueNames(List<FieldDraft> fields) {
        Map<String, FieldDraft> columns = new HashMap<>();
        fields.stream()
                .filter(FieldDraft::isColumn)
                .forEach(field -> columns.merge(ColumnNames.key(field.name()), field, FieldDrafts::moreFrequent));
        return fields.stream()
                .map(field -> withUniqueName(field, columns.get(ColumnNames.key(field.name()))))
                .toList();
    }

    private static FieldDraft moreFrequent(FieldDraft first, FieldDraft second) {
        return second.sample().holders() > first.sample().holders() ? second : first;
    }

    private static FieldDraft withUniqueName(FieldDraft field, FieldDraft column) {
        return !field.isColumn() || field.name().equals(column.name())
                ? field
                : rescued(field.name(), field.sample(), field.places(), "only case differs from " + column.name());
    }
}

package pipeline.events.schema.draft;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import pipeline.events.schema.draft.SchemaDraft.Guess;

/** Guesses the roles of columns that are in every event and never null. Nothing in the events proves these guesses. */
final class Guesses {
    private static final Set<Kind> GROUPS = Set.of(Kind.STRING, Kind.UUID, Kind.BOOLEAN, Kind.INTEGER);

    private final List<FieldDraft> columns;

    private Guesses(List<FieldDraft> columns) {
        this.columns = columns;
    }

    /** Returns one guess for each role. */
    static List<Guess> of(List<FieldDraft> fields) {
        Guesses guesses =
                new Guesses(fields.stream().filter(FieldDraft::isRequired).toList());
        Guess group = guesses.group();
        return List.of(group, guesses.time(), guesses.value(group.column()));
    }

    /** Strings are more often names of groups than numbers are. */
    private Guess group() {
        Optional<FieldDraft> group = columns.stream()
                .filter(Guesses::canBeGroup)
                .min(comparing((FieldDraft column) ->
                                isInteger(column) || column.choice().type() == Kind.BOOLEAN)
                        .thenComparing(column -> column.sample().differentValues()));
        return group.map(column ->
                        new Guess("group", column.name(), column.sample().differentValues() + " different values"))
                .orElseGet(() -> new Guess(
                        "group",
                        null,
                        "no string, integer or boolean in each record has 2 to " + FieldSample.MAX_VALUES
                                + " different values, so there is one group"));
    }

    private static boolean canBeGroup(FieldDraft column) {
        int values = column.sample().differentValues();
        return GROUPS.contains(column.choice().type())
                && values > 1
                && values <= FieldSample.MAX_VALUES
                && !isTime(column);
    }

    private Guess time() {
        return columnsOf(Kind.DATE_TIME)
                .findFirst()
                .map(column -> new Guess("time", column.name(), "the first date-time in each record"))
                .orElseGet(() -> new Guess(
                        "time", null, "no date-time is in each record, so the time is that of the Kafka record"));
    }

    private Guess value(String group) {
        Stream<FieldDraft> integers =
                columnsOf(Kind.INTEGER).filter(column -> !column.name().equals(group) && !isTime(column));
        return Stream.concat(columnsOf(Kind.NUMBER), integers)
                .findFirst()
                .map(column -> new Guess(
                        "value",
                        column.name(),
                        "the first " + column.choice().type().label() + " in each record"))
                .orElseGet(() ->
                        new Guess("value", null, "no other number is in each record, so events are only counted"));
    }

    private Stream<FieldDraft> columnsOf(Kind type) {
        return columns.stream().filter(column -> column.choice().type() == type);
    }

    private static boolean isInteger(FieldDraft column) {
        return column.choice().type() == Kind.INTEGER;
    }

    /** Neither are groups named after times, nor does anybody want their average. */
    private static boolean isTime(FieldDraft column) {
        return isInteger(column) && column.sample().epochUnit() != null;
    }
}

package pipeline.events.schema.draft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.draft.SchemaDraft.Row;

/** Shows a draft as lines of text. */
final class DraftTable {
    private static final String GAP = "  ";

    /** Names of which each event has others would otherwise hide the columns. */
    private static final int MAX_RESCUED = 100;

    private final SchemaDraft draft;
    private final StringBuilder text = new StringBuilder();

    DraftTable(SchemaDraft draft) {
        this.draft = draft;
    }

    String text() {
        if (draft.isEmpty()) {
            addLine("There is nothing to draft a schema from: none of " + number(draft.records())
                    + " records is a JSON object");
        } else {
            addLine(number(draft.records()) + " records; " + number(draft.rejected()) + " are not JSON objects\n");
            addFields();
            addGuesses();
        }
        return text.toString();
    }

    private void addFields() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("field", "in", "types seen", "column", "why"));
        int rescued = 0;
        for (Row row : draft.rows()) {
            rescued += row.isColumn() ? 0 : 1;
            if (row.isColumn() || rescued <= MAX_RESCUED) {
                cells.add(List.of(row.field(), share(row), types(row), row.column(), row.why()));
            }
        }
        addAligned(cells);
        if (rescued > MAX_RESCUED) {
            addLine("and " + number(rescued - MAX_RESCUED) + " other fields that are left to " + OutputTree.RESCUED);
        }
        if (draft.leftOut() > 0) {
            addLine("Left to " + OutputTree.RESCUED + " without a row: " + number(draft.leftOut()) + " fields, beyond "
                    + number(SampleReader.MAX_NAMES) + " names of the event and " + number(SampleReader.MAX_PLACES)
                    + " in all, or with names of more than " + SampleReader.MAX_NAME_LENGTH + " characters");
        }
    }

    private void addGuesses() {
        text.append('\n');
        addLine("Guesses; nothing in the events proves them:");
        addAligned(draft.guesses().stream()
                .map(guess -> List.of(guess.role(), guess.column() == null ? "-" : guess.column(), guess.why()))
                .toList());
    }

    private void addAligned(List<List<String>> cells) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < cells.get(0).size(); i++) {
            int column = i;
            widths.add(Collections.max(
                    cells.stream().map(row -> row.get(column).length()).toList()));
        }
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths.get(i) - row.get(i).length()))
                        .append(GAP);
            }
            addLine(line.toString().stripTrailing());
        }
    }

    private void addLine(String line) {
        text.append(line).append('\n');
    }

    /** Rounds down, so that only what all have is 100 %. */
    private static String share(Row row) {
        long perMille = row.count() * 1_000 / row.of();
        return perMille == 0 ? "< 0.1 %" : perMille / 10 + "." + perMille % 10 + " %";
    }

    private static String types(Row row) {
        return row.types().entrySet().stream()
                .map(type -> type.getKey() + ": " + number(type.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

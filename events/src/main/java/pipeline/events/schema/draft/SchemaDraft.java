package pipeline.events.schema.draft;

import java.util.List;
import java.util.Map;
import pipeline.events.output.OutputTree;

/**
 * The draft of a schema file, and where it comes from. It has names, types and counts of a sample of events, and none of their
 * values.
 *
 * @param text the schema file
 * @param rows what it says about each field that was seen, in the order in which they were first seen
 * @param guesses one for each role
 * @param records how many records were read
 * @param rejected how many of them are rejected whatever the schema, because they are not one JSON object
 * @param leftOut how many fields have no row because the sample has too many names, or because their names are too long
 */
public record SchemaDraft(String text, List<Row> rows, List<Guess> guesses, long records, long rejected, long leftOut) {

    /**
     * What a draft says about a field of events, about the items of an array, or about a field inside them.
     *
     * @param field its JSON pointer in events, with {@code *} for each item of an array, and with escapes for characters that are
     *     not printable
     * @param count how many of the objects that could have the field have it; for items, how many arrays have some
     * @param of how many objects could have the field; for items, how many arrays there are
     * @param types how many values are of each type
     * @param column the type of its column, or {@code rescued} if it is left to that column
     * @param why one line
     */
    public record Row(String field, long count, long of, Map<String, Long> types, String column, String why) {

        /** Returns whether it is a column, or part of one. */
        public boolean isColumn() {
            return !column.equals(OutputTree.RESCUED);
        }
    }

    /**
     * A guess about what the pipeline does with a column.
     *
     * @param role a name in the keyword {@code x-pipeline}: group, time or value
     * @param column its name, null if no column can have the role
     * @param why one line; without a column also what happens then
     */
    public record Guess(String role, String column, String why) {}

    public SchemaDraft {
        rows = List.copyOf(rows);
        guesses = List.copyOf(guesses);
    }

    /** Returns whether there is nothing to draft a schema from. */
    public boolean isEmpty() {
        return records == rejected;
    }

    /** Returns the table for people, with line feeds. */
    public String table() {
        return new DraftTable(this).text();
    }
}

package pipeline.endtoend.schema;

import java.time.Instant;

/**
 * The event of a row.
 *
 * @param columns those of its file
 * @param text the event as the row has it, in the form of {@link RowColumns}
 * @param kafkaTimestamp null if the row has none
 * @param rescued how many of its fields are in the column {@code rescued}
 */
record SchemaRow(RowColumns columns, String text, Instant kafkaTimestamp, int rescued) {

    boolean has(String field) {
        return text.contains("\"" + field + "\":");
    }
}

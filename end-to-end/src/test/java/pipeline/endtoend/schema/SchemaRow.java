package pipeline.endtoend.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * The event of a row.
 *
 * @param columns those of its file
 * @param json the event as the row has it, in the form of {@link RowColumns}
 * @param kafkaTimestamp null if the row has none
 * @param rescued how many of its fields are in the column {@code rescued}
 */
record SchemaRow(RowColumns columns, ObjectNode json, Instant kafkaTimestamp, int rescued) {}

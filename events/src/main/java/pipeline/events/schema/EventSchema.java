package pipeline.events.schema;

import java.io.Serializable;
import java.util.List;

/**
 * The shape of the events of a topic. Immutable and serializable, so that Spark can send it to its executors.
 *
 * @param event the event, an object
 * @param unknown what happens to fields that the schema does not know
 * @param text the text of the schema file
 */
public record EventSchema(ObjectType event, Roles roles, Unknown unknown, String text) implements Serializable {

    /** What happens to fields that the schema does not know, in objects that allow them. */
    public enum Unknown {
        /** Their source text is kept in the column {@code rescued}. */
        RESCUE,
        DROP
    }

    /** Returns the fields that are columns, in the order of the columns. */
    public List<Field> columns() {
        return event.columns();
    }
}

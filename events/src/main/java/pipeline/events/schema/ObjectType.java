package pipeline.events.schema;

import java.io.Serializable;
import java.util.List;

/**
 * A JSON object.
 *
 * @param fields those that the schema knows, in its order
 * @param takesOthers whether other fields are allowed
 */
public record ObjectType(List<Field> fields, boolean takesOthers) implements Serializable {
    public ObjectType {
        fields = List.copyOf(fields);
    }

    /** Returns the fields that are columns. */
    public List<Field> columns() {
        return fields.stream().filter(Field::isColumn).toList();
    }
}

package pipeline.events.schema;

import java.io.Serializable;

/**
 * A field of an object.
 *
 * @param name its name in JSON, and that of its column
 * @param isColumn false if no column can have this name; the field is checked all the same, and kept as unknown fields are
 */
public record Field(String name, Shape shape, boolean required, boolean isColumn) implements Serializable {

    /** Returns whether the column has nulls: for events without the field, or where it is null. */
    public boolean isNullable() {
        return !required || shape.takesNull();
    }
}

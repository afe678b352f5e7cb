package pipeline.events.schema;

import java.io.Serializable;
import java.util.List;

/**
 * What a value may be: of a type, or also null.
 *
 * @param examples the JSON of values that the schema gives as examples; nobody has checked whether they are valid
 */
public record Shape(ValueType type, boolean takesNull, List<String> examples) implements Serializable {
    public Shape {
        examples = List.copyOf(examples);
    }
}

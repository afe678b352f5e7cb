package pipeline.events.schema;

import java.io.Serializable;

/** What a value may be: of a type, or also null. */
public record Shape(ValueType type, boolean takesNull) implements Serializable {}

package pipeline.events.schema.reader;

/** Makes the values that consist of others, in the form that the decoder's user needs. Thread-safe. */
public interface Values {

    /** @param fields the values of the struct's fields, in the schema's order; may be kept */
    Object struct(Object[] fields);

    /** @param items the values of the list's items; may be kept */
    Object list(Object[] items);
}

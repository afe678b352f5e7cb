package pipeline.events.schema.reader;

/** Makes the values that are not numbers or booleans, in the form that the decoder's user needs. Thread-safe. */
public interface Values {

    Object string(String text);

    /**
     * As {@link #string}, of plain text.
     *
     * @param bytes may be kept, and have ASCII characters there
     */
    Object string(byte[] bytes, int from, int length);

    /** @param fields the values of the struct's fields, in the schema's order; may be kept */
    Object struct(Object[] fields);

    /** @param items the values of the list's items; may be kept */
    Object list(Object[] items);
}

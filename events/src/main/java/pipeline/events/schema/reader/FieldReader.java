package pipeline.events.schema.reader;

import java.io.IOException;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;

/**
 * Reads the values of one type that are not null. Both methods return the same value of the same text, or {@link #scan} leaves
 * it to {@link #read}. Thread-safe.
 */
interface FieldReader {

    /**
     * Returns the value whose first token is the current one; then its last token is.
     *
     * @throws RejectedEventException with the reason if the schema does not allow the value
     */
    Object read(JsonText text) throws IOException, RejectedEventException;

    /** Returns the value that comes next, or {@link ByteScanner#NOT_PLAIN}. It rejects nothing. */
    Object scan(ByteScanner bytes);
}

package pipeline.events.schema.sample;

/** No events of a schema can be made up. The message is one line: the JSON pointer in the schema file, and why. */
public final class NoSampleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSampleException(String line) {
        super(line.replace("\n", "\\n").replace("\r", "\\r"));
    }
}

package pipeline.events.schema.file;

/** A schema file cannot be used. The message is one line: the file, the JSON pointer, what is wrong and what is supported. */
public final class InvalidSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String problem;

    InvalidSchemaException(String file, String pointer, String problem) {
        super(oneLine(file + ": " + in(pointer, problem)));
        this.problem = oneLine(in(pointer, problem));
    }

    private static String in(String pointer, String problem) {
        return (pointer.isEmpty() ? "" : pointer + ": ") + problem;
    }

    /** Returns the message without the file. */
    public String problem() {
        return problem;
    }

    private static String oneLine(String message) {
        return message.replace("\n", "\\n").replace("\r", "\\r");
    }
}

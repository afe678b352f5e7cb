package pipeline.events.schema.source;

import java.nio.charset.StandardCharsets;

/** The words of JSON, as bytes. */
public final class PlainWords {
    public static final byte[] TRUE = bytes("true");
    public static final byte[] FALSE = bytes("false");
    public static final byte[] NULL = bytes("null");

    private PlainWords() {}

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}

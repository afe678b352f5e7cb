package pipeline.events.schema.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import pipeline.events.RejectedEventException;
import pipeline.events.StrictJson;

/** The text of an event, read through Jackson. For one event and one thread. */
public final class JsonText implements AutoCloseable {
    private final char[] text;
    private final JsonParser parser;
    private final Place place;
    private final Rescued rescued;

    /** @throws RejectedEventException if the bytes are no text */
    public JsonText(byte[] json, Place place, Rescued rescued) throws IOException, RejectedEventException {
        place.clear();
        rescued.clear();
        this.text = StrictJson.text(json).toCharArray();
        this.parser = StrictJson.FACTORY.createParser(text);
        this.place = place;
        this.rescued = rescued;
    }

    public Place place() {
        return place;
    }

    public JsonToken token() {
        return parser.currentToken();
    }

    public JsonToken next() throws IOException {
        return parser.nextToken();
    }

    /** Returns the name of the field at which the parser is. */
    public String name() throws IOException {
        return parser.currentName();
    }

    /** Returns the string or number at which the parser is, as it is written apart from escapes. */
    public String text() throws IOException {
        return parser.getText();
    }

    /** Returns whether the integer at which the parser is fits into a long. */
    public boolean isLong() throws IOException {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    public long asLong() throws IOException {
        return parser.getLongValue();
    }

    public double asDouble() throws IOException {
        return parser.getDoubleValue();
    }

    /** Returns a number that keeps the same rules as the one at which the parser is. */
    public BigDecimal asExact() throws IOException {
        return ExactNumber.of(parser.getText());
    }

    public boolean hasFarExponent() throws IOException {
        return token() == JsonToken.VALUE_NUMBER_FLOAT && ExactNumber.hasFarExponent(parser.getText());
    }

    public void skip() throws IOException {
        parser.skipChildren();
    }

    /** Skips the value at which the parser is, and keeps its text as that of a field that the schema does not know. */
    public void rescue(String field) throws IOException {
        int start = start();
        parser.skipChildren();
        rescued.put(place.pointer(field), textFrom(start));
    }

    /** Returns where the text of the value begins at which the parser is. */
    public int start() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    /** Keeps the text from there to the end of the value that was just read. */
    public void rescueFrom(int start, String field) throws IOException {
        rescued.put(place.pointer(field), textFrom(start));
    }

    private String textFrom(int start) throws IOException {
        // Jackson finds the end of a string only when somebody asks for it.
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return new String(text, start, end - start);
    }

    /** Returns the rejection of the event for a reason at the place where the reader is. */
    public RejectedEventException rejection(RejectedEventException reason) {
        return new RejectedEventException(place.prefix() + reason.getMessage());
    }

    /** Returns the rejection of a text that is not JSON. */
    public static RejectedEventException rejection(JsonProcessingException e) {
        return StrictJson.rejection(e);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}

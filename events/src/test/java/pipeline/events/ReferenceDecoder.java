package pipeline.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Decodes the built-in event in the plainest way, so that the decoder that is made from its schema can be compared with it: one
 * object with the fields {@code id}, {@code ts}, {@code value} and {@code source}, each exactly once and within the bounds that
 * {@link Event} states. Other fields are ignored.
 */
public final class ReferenceDecoder {
    private ReferenceDecoder() {}

    /**
     * Returns the event that a Kafka value holds.
     *
     * @param json the value, or null for a tombstone
     * @throws RejectedEventException with the reason if the value is not exactly one valid event
     */
    public static Event decode(byte[] json) throws RejectedEventException {
        try (JsonParser parser = StrictJson.FACTORY.createParser(StrictJson.text(json))) {
            return decode(parser);
        } catch (JsonProcessingException e) {
            throw StrictJson.rejection(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static Event decode(JsonParser parser) throws IOException, RejectedEventException {
        if (parser.nextToken() == null) {
            throw new RejectedEventException("not JSON: empty");
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new RejectedEventException("not a JSON object");
        }
        Fields fields = new Fields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.read(name, parser);
        }
        if (parser.nextToken() != null) {
            throw new RejectedEventException("text after the object");
        }
        return fields.event();
    }

    /** The fields read so far; null means not read yet. */
    private static final class Fields {
        private Integer id;
        private Instant ts;
        private Double value;
        private String source;

        void read(String name, JsonParser parser) throws IOException, RejectedEventException {
            Object earlier =
                    switch (name) {
                        case Event.ID -> id;
                        case Event.TS -> ts;
                        case Event.VALUE -> value;
                        case Event.SOURCE -> source;
                        default -> null;
                    };
            if (earlier != null) {
                throw new RejectedEventException(name + ": more than once");
            }
            switch (name) {
                case Event.ID -> id = id(parser);
                case Event.TS -> ts = ts(parser);
                case Event.VALUE -> value = value(parser);
                case Event.SOURCE -> source = source(parser);
                default -> parser.skipChildren();
            }
        }

        Event event() throws RejectedEventException {
            return new Event(
                    present(id, Event.ID),
                    present(ts, Event.TS),
                    present(value, Event.VALUE),
                    present(source, Event.SOURCE));
        }

        private static <T> T present(T field, String name) throws RejectedEventException {
            if (field == null) {
                throw new RejectedEventException(name + ": missing");
            }
            return field;
        }
    }

    private static int id(JsonParser parser) throws IOException, RejectedEventException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new RejectedEventException("id: not an integer");
        }
        if (parser.getNumberType() != NumberType.INT
                || parser.getIntValue() < Event.MIN_ID
                || parser.getIntValue() > Event.MAX_ID) {
            throw new RejectedEventException("id: not in " + Event.MIN_ID + " to " + Event.MAX_ID);
        }
        return parser.getIntValue();
    }

    private static Instant ts(JsonParser parser) throws IOException, RejectedEventException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new RejectedEventException("ts: not a string");
        }
        return Timestamps.parse(parser.getText());
    }

    private static double value(JsonParser parser) throws IOException, RejectedEventException {
        if (!parser.currentToken().isNumeric()) {
            throw new RejectedEventException("value: not a number");
        }
        double value = parser.getDoubleValue();
        if (!(value >= Event.MIN_VALUE && value <= Event.MAX_VALUE) || isOnlyRoundedToABound(value, parser.getText())) {
            throw new RejectedEventException("value: not in " + (int) Event.MIN_VALUE + " to " + (int) Event.MAX_VALUE);
        }
        return value;
    }

    /** Returns whether the number is beyond the bound that is the nearest double. */
    private static boolean isOnlyRoundedToABound(double value, String number) {
        return value == Event.MIN_VALUE
                ? number.matches("-[0.]*[1-9].*")
                : value == Event.MAX_VALUE && new BigDecimal(number).compareTo(BigDecimal.valueOf(value)) > 0;
    }

    private static String source(JsonParser parser) throws IOException, RejectedEventException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new RejectedEventException("source: not a string");
        }
        String source = parser.getText();
        if (StrictJson.hasLoneSurrogate(source)) {
            throw new RejectedEventException("source: a surrogate without its pair");
        }
        int length = source.codePointCount(0, source.length());
        if (length < 1 || length > Event.MAX_SOURCE_LENGTH) {
            throw new RejectedEventException("source: not 1 to " + Event.MAX_SOURCE_LENGTH + " code points");
        }
        return source;
    }
}

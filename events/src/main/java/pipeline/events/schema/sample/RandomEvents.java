package pipeline.events.schema.sample;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.random.RandomGenerator;
import pipeline.events.StrictJson;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.Roles;

/**
 * Makes up valid events of a schema, with the fields that it knows. A field that is not required is missing in some of them, and a
 * nullable one is null in some. A field with examples has one of them. Events depend only on the schema, the random numbers and
 * the times that are passed in. For one thread.
 */
public final class RandomEvents {
    private final RandomGenerator random;
    private final Roles roles;
    private final RandomObject event;
    private final StringBuilder buffer = new StringBuilder();
    private String key;

    /**
     * @throws NoSampleException if no value satisfies the constraints of a field, if a string with a pattern has no examples, or if
     *     an example is not valid
     */
    public RandomEvents(EventSchema schema, RandomGenerator random) {
        this.random = random;
        this.roles = schema.roles();
        this.event = new RandomObject(schema.event(), "", this::field);
    }

    private RandomValue field(Field field, String at) {
        if (field.name().equals(roles.time())) {
            return RandomValues.timeOfEvent(field.shape(), at);
        }
        return field.name().equals(roles.group())
                ? asKey(RandomValues.ofGroup(field.shape(), at))
                : RandomValues.of(field.shape(), at);
    }

    private RandomValue asKey(RandomValue group) {
        return (json, random, now) -> {
            int start = json.length();
            group.append(json, random, now);
            key = text(json.substring(start));
        };
    }

    private static String text(String value) {
        if (value.indexOf('\\') >= 0) {
            return unescaped(value);
        } else if (value.startsWith("\"")) {
            return value.substring(1, value.length() - 1);
        } else {
            return value.equals("null") ? null : value;
        }
    }

    private static String unescaped(String value) {
        try (JsonParser parser = StrictJson.FACTORY.createParser(value)) {
            return parser.nextTextValue();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** @param now the event's time, and that before which its other times are */
    public KeyedEvent next(Instant now) {
        buffer.setLength(0);
        event.append(buffer, random, now);
        return new KeyedEvent(key, buffer.toString().getBytes(StandardCharsets.UTF_8));
    }
}

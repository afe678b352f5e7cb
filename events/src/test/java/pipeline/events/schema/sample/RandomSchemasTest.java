package pipeline.events.schema.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.NumberRules;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.decode.EventDecoder;
import pipeline.events.schema.decode.RandomSchema;
import pipeline.events.schema.decode.TestValues;
import pipeline.events.schema.file.SchemaFile;

/** Decoders accept each event that is made up, unless no value is valid. */
class RandomSchemasTest {
    private static final int EVENTS_OF_A_SCHEMA = 10;
    private static final List<String> KEYS = List.of("\"integer\"", "\"string\"", "\"boolean\"");

    private final Random random = new Random(32);
    private int withoutValues;
    private int keys;

    @Test
    void eventsAreValid() {
        check(3_000);
    }

    @Test
    @Tag("long")
    void eventsOfManySchemasAreValid() {
        check(300_000);
    }

    private void check(int count) {
        RandomSchema schemas = new RandomSchema(random);
        for (int i = 0; i < count; i++) {
            ObjectNode file = withRoles(withExamples(schemas.next()));
            EventSchema schema = SchemaFile.parse("random", file.toString().getBytes(UTF_8));
            try {
                check(new RandomEvents(schema, new SplittableRandom(i)), schema);
            } catch (NoSampleException e) {
                requireNoValue(
                        file.at(e.getMessage().substring(0, e.getMessage().indexOf(": "))), e);
                withoutValues++;
            }
        }
        assertThat(withoutValues).isBetween(1, count / 5);
        assertThat(keys).isGreaterThan(count);
    }

    private static ObjectNode withExamples(ObjectNode file) {
        for (JsonNode string : file.findParents("pattern")) {
            ArrayNode examples = ((ObjectNode) string).putArray("examples");
            RandomSchema.PATTERNS.get(string.get("pattern").textValue()).forEach(examples::add);
        }
        return file;
    }

    /** The field id is the group if it can be. */
    private static ObjectNode withRoles(ObjectNode file) {
        boolean isRequired = file.path("required").toString().contains("\"id\"");
        String type = file.at("/properties/id/type").toString();
        if (isRequired
                && KEYS.stream().anyMatch(type::contains)
                && !file.at("/properties/id").has("format")) {
            file.withObject("/x-pipeline").put("group", "id");
        }
        return file;
    }

    private void check(RandomEvents events, EventSchema schema) {
        EventDecoder decoder = new EventDecoder(schema, new TestValues());
        for (int i = 0; i < EVENTS_OF_A_SCHEMA; i++) {
            KeyedEvent event = events.next(Instant.EPOCH.plusNanos(random.nextLong()));
            try {
                check(event, decoder.decode(event.json()), schema);
            } catch (RejectedEventException e) {
                fail(e.getMessage() + "\n" + schema.text() + "\n" + new String(event.json(), UTF_8));
            }
        }
    }

    private void check(KeyedEvent event, Object[] row, EventSchema schema) {
        if (schema.roles().group() == null) {
            assertThat(event.key()).isNull();
        } else {
            keys++;
            assertThat(event.key()).isEqualTo(row[0] == null ? null : row[0].toString());
        }
    }

    /** Only numbers of these schemas have constraints that exclude each other, and they have at most two decimals. */
    private static void requireNoValue(JsonNode ofA, NoSampleException e) {
        ObjectNode file = JsonNodeFactory.instance.objectNode().put("type", "object");
        file.putObject("properties").set("a", ofA);
        EventSchema schema = SchemaFile.parse("a", file.toString().getBytes(UTF_8));
        ValueType type = schema.event().fields().get(0).shape().type();
        boolean isInteger = type instanceof ValueType.IntegerType;
        NumberRules rules = isInteger ? ((ValueType.IntegerType) type).rules() : ((ValueType.NumberType) type).rules();
        assertThat(IntStream.range(-20_000, 20_000)
                        .filter(cents -> !isInteger || cents % 100 == 0)
                        .mapToObj(cents -> BigDecimal.valueOf(cents, 2))
                        .filter(number -> rules.problem(number) == null))
                .as(e.getMessage() + ofA)
                .isEmpty();
    }
}

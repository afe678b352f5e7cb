package pipeline.events.schema.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.file.SchemaFile;

/**
 * A decoder accepts what a library for JSON Schema accepts, and its values are those of Jackson's tree. What a strict reader
 * rejects besides is in {@link EventDecoderTest}; the events here have none of it.
 */
class LibraryTest {
    private static final int EVENTS_OF_A_SCHEMA = 50;
    private static final List<String> KEYWORDS = List.of(
            "type",
            "required",
            "enum",
            "const",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minItems",
            "maxItems",
            "additionalProperties");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final SchemaRegistry library = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    private final Random random = new Random(2020);
    private final Map<String, Integer> decidedAlone = new HashMap<>();
    private int valid;

    @Test
    void acceptsWhatTheLibraryAccepts() throws Exception {
        compare(20_000, 10);
    }

    @Test
    @Tag("long")
    void acceptsWhatTheLibraryAcceptsAMillionTimes() throws Exception {
        compare(1_000_000, 1_000);
    }

    private void compare(int pairs, int timesAlone) throws Exception {
        RandomSchema schemas = new RandomSchema(random);
        RandomEvent events = new RandomEvent(random);
        for (int i = 0; i < pairs / EVENTS_OF_A_SCHEMA; i++) {
            ObjectNode file = schemas.next();
            Schema schema = library.getSchema(file);
            EventSchema ours = SchemaFile.parse("random", file.toString().getBytes(UTF_8));
            for (int k = 0; k < EVENTS_OF_A_SCHEMA; k++) {
                compare(ours, schema, events.next(ours.event()));
            }
        }
        assertThat(valid).isGreaterThan(pairs * 3 / 10);
        assertThat(decidedAlone).containsOnlyKeys(KEYWORDS);
        assertThat(decidedAlone)
                .allSatisfy((keyword, times) -> assertThat(times).isGreaterThanOrEqualTo(timesAlone));
    }

    private void compare(EventSchema ours, Schema schema, String json) throws Exception {
        JsonNode tree = JSON.readTree(json);
        List<Error> errors = schema.validate(tree);
        EventDecoder decoder = new EventDecoder(ours, new TestValues());
        try {
            Object[] row = decoder.decode(json.getBytes(UTF_8));
            assertThat(errors).as(() -> json + ours.text()).isEmpty();
            ExpectedRow expected = new ExpectedRow(ours.unknown() == Unknown.RESCUE);
            if (!withTree(row, ours).equals(expected.row(ours, tree))) {
                assertThat(withTree(row, ours)).as(json).isEqualTo(expected.row(ours, tree));
            }
            valid++;
        } catch (RejectedEventException e) {
            assertThat(errors).as(() -> e.getMessage() + json + ours.text()).isNotEmpty();
            if (errors.size() == 1) {
                decidedAlone.merge(errors.get(0).getKeyword(), 1, Integer::sum);
            }
        }
    }

    /** Numbers of the tree have no negative zero, and what is rescued is compared as JSON. */
    private static List<Object> withTree(Object[] row, EventSchema schema) throws JsonProcessingException {
        List<Object> values = new ArrayList<>(Arrays.asList(row));
        values.replaceAll(LibraryTest::withoutNegativeZero);
        int last = values.size() - 1;
        if (schema.unknown() == Unknown.RESCUE && values.get(last) != null) {
            values.set(last, JSON.readTree((String) values.get(last)));
        }
        return values;
    }

    private static Object withoutNegativeZero(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(LibraryTest::withoutNegativeZero).collect(Collectors.toCollection(ArrayList::new));
        }
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }
}

package pipeline.events.schema.draft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.events.EventCase;
import pipeline.events.EventCases;
import pipeline.events.EventJson;
import pipeline.events.RejectedEventException;
import pipeline.events.SampleEvents;
import pipeline.events.StrictJson;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Roles;
import pipeline.events.schema.decode.EventDecoder;
import pipeline.events.schema.decode.RandomEvent;
import pipeline.events.schema.decode.RandomSchema;
import pipeline.events.schema.decode.TestValues;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.schema.sample.RandomEvents;

/**
 * A decoder that is made from a draft accepts each JSON object of its sample. It rejects only those that have the field of a column
 * more than once, and what is no JSON object.
 */
class AcceptsSampleTest {
    private final Random random = new Random(5);
    private int accepted;
    private int repeated;
    private int columns;

    @Test
    void eventsOfRandomSchemas() {
        checkRandomSchemas(1_000);
    }

    @Test
    @Tag("long")
    void eventsOfManyRandomSchemas() {
        checkRandomSchemas(100_000);
    }

    private void checkRandomSchemas(int count) {
        RandomSchema schemas = new RandomSchema(random);
        RandomEvent events = new RandomEvent(random);
        for (int i = 0; i < count; i++) {
            EventSchema schema = schema(schemas.next().toString().getBytes(UTF_8));
            check(IntStream.range(0, 1 + random.nextInt(30))
                    .mapToObj(event -> events.next(schema.event()).getBytes(UTF_8))
                    .toList());
        }
        assertThat(accepted).isGreaterThan(count * 10);
        assertThat(columns).isGreaterThan(count);
    }

    @Test
    void randomObjects() {
        checkRandomObjects(1_000);
    }

    @Test
    @Tag("long")
    void manyRandomObjects() {
        checkRandomObjects(100_000);
    }

    private void checkRandomObjects(int count) {
        for (int i = 0; i < count; i++) {
            RandomObjects objects = new RandomObjects(random);
            check(Stream.generate(() -> objects.next().getBytes(UTF_8))
                    .limit(1 + random.nextInt(30))
                    .toList());
        }
        assertThat(accepted).isGreaterThan(count * 5);
        assertThat(repeated).isGreaterThan(count / 10);
        assertThat(columns).isGreaterThan(count);
    }

    @Test
    void unusualEvents() {
        List<byte[]> values =
                new ArrayList<>(EventCases.all().stream().map(EventCase::bytes).toList());
        check(values);

        values.removeIf(value -> !isBuiltInEvent(value));
        check(values);
    }

    @Test
    void oneUnusualEventAmongOthers() {
        for (EventCase unusual : EventCases.upTo(10_000)) {
            byte[] usual = EventJson.encode(SampleEvents.anyEvent());
            check(Arrays.asList(usual, unusual.bytes(), usual));
        }
        assertThat(columns).isGreaterThan(EventCases.upTo(10_000).size() * 3);
    }

    private static boolean isBuiltInEvent(byte[] value) {
        try {
            new EventDecoder(SchemaFile.builtIn(), new TestValues()).decode(value);
            return true;
        } catch (RejectedEventException e) {
            return false;
        }
    }

    @Test
    void builtInEvents() {
        SchemaDraft draft = check(IntStream.range(0, 1_000)
                .mapToObj(i -> EventJson.encode(SampleEvents.anyEvent(i % 5, i % 100 + 0.5)))
                .toList());

        Roles roles = SchemaFile.builtIn().roles();
        assertThat(Drafts.schema(draft).roles())
                .isEqualTo(new Roles(roles.group(), roles.time(), roles.value(), List.of()));
    }

    @Test
    void orders() throws IOException {
        check(orders(5_000));

        assertThat(accepted).isEqualTo(5_000);
    }

    @Test
    void ordersAmongRubbish() throws IOException {
        List<byte[]> values = orders(1_000);
        for (int i = 0; i < 50; i++) {
            values.add(random.nextInt(values.size()), rubbish(values.get(i)));
        }

        SchemaDraft draft = check(values);

        assertThat(draft.rejected()).isEqualTo(50);
        assertThat(Drafts.schema(draft).columns()).hasSize(12);
    }

    private byte[] rubbish(byte[] order) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> "connection refused".getBytes(UTF_8);
            case 2 -> new byte[] {0, 0, 0, 0, 1, 2, (byte) 200};
            default -> new String(order, 0, order.length - 1, UTF_8).getBytes(UTF_8);
        };
    }

    private List<byte[]> orders(int count) throws IOException {
        EventSchema schema = schemaOfOrders();
        RandomEvents events = new RandomEvents(schema, new SplittableRandom(1));
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> events.next(Instant.EPOCH.plusSeconds(i)).json())
                .toList());
    }

    private static EventSchema schemaOfOrders() throws IOException {
        try (InputStream file = Objects.requireNonNull(RandomEvents.class.getResourceAsStream("orders.schema.json"))) {
            return schema(file.readAllBytes());
        }
    }

    /** The first value of x is not known, since there is no room; later there is. */
    @Test
    void fieldThatWasLeftOut() {
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            values.add(("{\"map" + i + "\":" + map(991 + i) + "}").getBytes(UTF_8));
        }
        String more = "{\"map9\":" + map(1_001) + "}";
        for (String event : List.of(map(50), "{\"x\":\"\"}", more, "{\"x\":1}")) {
            values.add(event.getBytes(UTF_8));
        }

        SchemaDraft draft = check(values);

        assertThat(draft.leftOut()).isGreaterThan(2);
    }

    private static String map(int names) {
        return IntStream.range(0, names).mapToObj(i -> "\"n" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void nothing() {
        check(List.of());

        assertThat(accepted).isZero();
    }

    private static EventSchema schema(byte[] file) {
        return SchemaFile.parse("test", file);
    }

    private SchemaDraft check(List<byte[]> values) {
        SchemaDraft draft = Drafts.of(values);
        EventSchema schema = Drafts.schema(draft);
        EventDecoder decoder = new EventDecoder(schema, new TestValues());
        values.forEach(value -> check(value, decoder, draft));
        assertThat(draft.records()).isEqualTo(values.size());
        assertThat(draft.rejected())
                .isEqualTo(values.stream().filter(value -> !isObject(value)).count());
        columns += schema.columns().size();
        return draft;
    }

    private void check(byte[] value, EventDecoder decoder, SchemaDraft draft) {
        try {
            decoder.decode(value);
            assertThat(isObject(value)).isTrue();
            accepted++;
        } catch (RejectedEventException e) {
            boolean isRepeated = e.getMessage().endsWith(": more than once") && hasRepeatedField(value);
            repeated += isRepeated ? 1 : 0;
            assertThat(isObject(value) && !isRepeated)
                    .as(() -> e.getMessage() + "\n" + new String(value, UTF_8) + "\n" + draft.text() + draft.table())
                    .isFalse();
        }
    }

    private static boolean isObject(byte[] value) {
        return isObject(value, false);
    }

    private static boolean hasRepeatedField(byte[] value) {
        return !isObject(value, true);
    }

    /** Jackson's tree is not asked, since it takes minutes for long integers. */
    private static boolean isObject(byte[] value, boolean withoutDuplicates) {
        try (JsonParser parser = StrictJson.FACTORY.createParser(StrictJson.text(value))) {
            parser.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, withoutDuplicates);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (!parser.getParsingContext().inRoot()) {
                parser.nextToken();
            }
            return parser.nextToken() == null;
        } catch (RejectedEventException | JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }
}

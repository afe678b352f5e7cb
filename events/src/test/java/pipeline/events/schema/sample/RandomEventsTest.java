package pipeline.events.schema.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.events.Event;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.decode.BuiltInDecoder;
import pipeline.events.schema.decode.EventDecoder;
import pipeline.events.schema.decode.TestValues;
import pipeline.events.schema.file.SchemaFile;

class RandomEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:34:56.123456Z");
    private static final int EVENTS = 1_000;

    private static EventSchema orders() throws IOException {
        try (InputStream file = RandomEventsTest.class.getResourceAsStream("orders.schema.json")) {
            return SchemaFile.parse("orders.schema.json", file.readAllBytes());
        }
    }

    /** @param roles the members of x-pipeline */
    private static EventSchema schema(String ofA, String roles) {
        String file =
                "{'type':'object','properties':{'a':%s},'required':['a'],'x-pipeline':{%s}}".formatted(ofA, roles);
        return SchemaFile.parse("a.json", file.replace('\'', '"').getBytes(UTF_8));
    }

    private static List<KeyedEvent> events(EventSchema schema, long seed) {
        RandomEvents events = new RandomEvents(schema, new SplittableRandom(seed));
        return Stream.generate(() -> events.next(NOW)).limit(EVENTS).toList();
    }

    private static List<Object[]> rows(EventSchema schema) throws Exception {
        EventDecoder decoder = new EventDecoder(schema, new TestValues());
        List<Object[]> rows = new ArrayList<>();
        for (KeyedEvent event : events(schema, 7)) {
            rows.add(decoder.decode(event.json()));
        }
        return rows;
    }

    /** Returns the values of a, decoded. */
    private static List<Object> values(String ofA) throws Exception {
        return rows(schema(ofA, "")).stream().map(row -> row[0]).toList();
    }

    /** Returns the values of a, as they are written. */
    private static List<String> written(String ofA) {
        return events(schema(ofA, ""), 7).stream()
                .map(event -> new String(event.json(), UTF_8))
                .map(json -> json.substring("{\"a\":".length(), json.length() - 1))
                .toList();
    }

    private static List<String> keys(EventSchema schema) {
        return events(schema, 7).stream().map(KeyedEvent::key).toList();
    }

    private static <T> Map<T, Long> counts(Collection<T> values) {
        return values.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Test
    void makesBuiltInEvents() throws Exception {
        List<Event> decoded = new ArrayList<>();
        for (KeyedEvent event : events(SchemaFile.builtIn(), 7)) {
            decoded.add(BuiltInDecoder.decode(event.json()));
        }

        assertThat(decoded).allSatisfy(event -> {
            assertThat(event.ts()).isEqualTo(NOW);
            assertThat(event.value()).isBetween(0.0, 100.0);
            assertThat(event.source()).isEqualTo("sim-producer");
        });
        assertThat(counts(decoded.stream().map(Event::id).toList()))
                .containsOnlyKeys(0, 1, 2, 3, 4)
                .allSatisfy((id, count) -> assertThat(count).isCloseTo(EVENTS / 5, Offset.offset(50L)));
        assertThat(keys(SchemaFile.builtIn()))
                .containsExactlyElementsOf(
                        decoded.stream().map(event -> "" + event.id()).toList());
    }

    @Test
    void makesOrders() throws Exception {
        List<Object[]> rows = rows(orders());

        assertThat(orders().columns()).hasSize(12);
        assertThat(rows).hasSize(EVENTS).allSatisfy(row -> {
            assertThat(row[3]).isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, NOW));
            assertThat((List<?>) row[2]).hasSizeBetween(1, 3);
            assertThat(row[12]).isNull();
        });
        List<Object> coupons = rows.stream().map(row -> row[8]).toList();
        assertThat(coupons).containsNull();
        assertThat(coupons.stream().filter(Objects::nonNull)).hasSizeGreaterThan(EVENTS / 2);
        assertThat(keys(orders()))
                .containsExactlyElementsOf(
                        rows.stream().map(row -> (String) row[6]).toList());
    }

    @Test
    void someFieldsAreNullAndSomeMissing() throws Exception {
        List<KeyedEvent> events = events(orders(), 7);

        assertThat(events)
                .extracting(event -> new String(event.json(), UTF_8))
                .anyMatch(json -> json.contains("\"coupon\":null"))
                .anyMatch(json -> json.contains("\"coupon\":\""))
                .anyMatch(json -> !json.contains("\"coupon\":"))
                .anyMatch(json -> json.contains("\"segment\":null"))
                .anyMatch(json -> !json.contains("\"segment\":"));
    }

    @Test
    void dependsOnNothingButTheSeed() throws Exception {
        List<String> events = events(orders(), 1).stream()
                .map(event -> new String(event.json(), UTF_8))
                .toList();
        List<String> others = events(orders(), 2).stream()
                .map(event -> new String(event.json(), UTF_8))
                .toList();

        assertThat(events(orders(), 1).stream().map(event -> new String(event.json(), UTF_8)))
                .containsExactlyElementsOf(events);
        assertThat(others).doesNotContainAnyElementsOf(events);
    }

    /** Sets of Java have another order in each process. */
    @Test
    void dependsOnNoOrderOfSets() {
        String twelve =
                String.join("", written("{'enum':['f','c','a','d','b','e']}").subList(0, 12));

        assertThat(twelve.replace("\"", "")).isEqualTo("edbddbfdcabe");
    }

    @Test
    void otherTimesAreWithinDaysBefore() throws Exception {
        assertThat(values("{'type':'string','format':'date-time'}"))
                .allSatisfy(micros -> assertThat(Instant.EPOCH.plus((long) micros, ChronoUnit.MICROS))
                        .isBetween(NOW.minus(Duration.ofDays(3)), NOW));
        assertThat(counts(values("{'type':'string','format':'date'}")))
                .containsOnlyKeys(days(LocalDate.ofInstant(NOW, ZoneOffset.UTC)));
    }

    private static Object[] days(LocalDate last) {
        int day = (int) last.toEpochDay();
        return new Object[] {day - 3, day - 2, day - 1, day};
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'integer'}                                     | 0    | 1000",
                "{'type':'integer','minimum':18}                        | 18   | 1018",
                "{'type':'integer','maximum':9}                         | 0    | 9",
                "{'type':'integer','maximum':0}                         | -1000 | 0",
                "{'type':'integer','exclusiveMaximum':-5}               | -1005 | -6",
                "{'type':'integer','minimum':-2.5,'exclusiveMaximum':3} | -2   | 2",
                "{'type':'integer','multipleOf':2.5}                    | 0    | 1000",
                "{'type':'integer','multipleOf':5000,'minimum':1}       | 5000 | 500000",
                "{'type':'integer','minimum':-9223372036854775808}      | -9223372036854775800 | 1000",
                "{'type':'integer','maximum':9223372036854775807}       | 0    | 9223372036854775800",
                "{'type':'integer','maximum':1e300,'minimum':9223372036854775807} | 9223372036854775807 | 9223372036854775807",
                "{'type':'integer','minimum':-1e300,'maximum':-9223372036854775808} | -9223372036854775808 | -9223372036854775808",
                "{'type':'integer','const':7}                           | 7    | 7",
                "{'type':'integer','enum':[5, 1.5, 2.0, 1e1],'maximum':9} | 2  | 5",
                "{'type':'integer','examples':[17, 4]}                  | 4    | 17",
            })
    void integersAreWithinTheirBounds(String ofA, long first, long last) throws Exception {
        List<Long> values = values(ofA).stream().map(value -> (Long) value).toList();

        assertThat(values).allSatisfy(value -> assertThat(value).isBetween(first, last));
        double half = first / 2.0 + last / 2.0;
        assertThat(values).anyMatch(value -> value <= half).anyMatch(value -> value >= half);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " is ",
            quoteCharacter = '`',
            value = {
                "{'type':'number'} is \\d{1,3}\\.\\d\\d",
                "{'type':'number','minimum':0,'exclusiveMaximum':1} is 0\\.\\d\\d",
                "{'type':'number','minimum':1,'maximum':1.001} is 1\\.00\\d{3}",
                "{'type':'number','exclusiveMinimum':0.1,'exclusiveMaximum':0.10000000000000000055} is 0\\.10{17}\\d\\d",
                "{'type':'number','minimum':0.12345,'maximum':0.12345} is 0\\.12345",
                "{'type':'number','multipleOf':0.25} is \\d+\\.(00|25|50|75)",
                "{'type':'number','multipleOf':3e300} is 0|\\d+0{300}",
                "{'type':'number','multipleOf':1e-400,'maximum':1e-398} is 0\\.0{397}[01]\\d\\d",
                "{'type':'number','minimum':-1e308,'maximum':1e308} is -?\\d+0{280}",
                "{'type':'number','minimum':1e308} is 10{304}\\d{4}\\.\\d\\d",
                "{'type':'number','minimum':1.7976931348623157e308} is 17976931348623157\\d{292}(\\.\\d\\d)?",
                "{'enum':[1e2, 0.10, -7, null]} is 100|0\\.1|-7|null",
                "{'type':'number','enum':[1e2, 0.10, -7],'minimum':0} is 100|0\\.1",
                "{'type':'number','examples':[9.90, 1e2]} is 9\\.90|1E\\+2",
                "{'type':'boolean'} is true|false",
                "{'type':'boolean','const':false} is false",
                "{'enum':[null],'type':['string','null']} is null",
                "{'type':'string'} is '[a-z]{4,10}'",
                "{'type':'string','minLength':12,'maxLength':13} is '[a-z]{12,13}'",
                "{'type':'string','maxLength':2} is '[a-z]{2}'",
                "{'type':'string','maxLength':0} is ''",
                "{'type':'string','format':'uuid'} is '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'",
                "{'enum':['a\\n','\u00e9','\ud83d\ude00','\\ud800']} is '(a\\\\n|\u00e9|\ud83d\ude00)'",
                "{'type':'string','enum':['DE','FR','d'],'pattern':'^[A-Z]','maxLength':2} is '(DE|FR)'",
                "{'type':'string','pattern':'^[A-Z]$','examples':['A','B']} is '[AB]'",
                "{'type':'string','format':'date-time','maxLength':20} is '2026-11-..T..:..:..Z'",
                "{'type':'string','format':'date-time','maxLength':24} is '2026-11-..T..:..:..\\....Z'",
                "{'type':'string','format':'date-time','minLength':28} is '2026-11-..T..:..:..\\.\\d{6}\\+00:00'",
                "{'enum':['2026-11-22','2026-02-30'],'format':'date'} is '2026-11-22'",
                "{'type':'array','items':{'type':'boolean'}} is \\[(true|false)(,(true|false)){0,2}\\]",
                "{'type':'array','items':{'type':'boolean'},'minItems':4} is \\[(true|false)(,(true|false)){3}\\]",
                "{'type':'array','items':{'type':'boolean'},'maxItems':0} is \\[\\]",
                "{'type':'array','items':{'type':'string','pattern':'x'},'examples':[['x'],[]]} is \\[('x')?\\]",
                "{'type':'object','properties':{'b':{'type':'integer'}},'examples':[{'b':1,'c':null}]} is \\{'b':1,'c':null\\}",
            })
    void valuesLookNaturalAndAreValid(String ofA, String form) throws Exception {
        String expected = form.replace('\'', '"');

        assertThat(written(ofA).stream().filter(json -> !json.matches(expected)).limit(3))
                .isEmpty();
        assertThat(values(ofA)).hasSize(EVENTS);
    }

    @Test
    void groupsFromAListAreEvenlySpread() {
        EventSchema schema = schema("{'enum':['DE','FR','SE','a\\\\b']}", "'group':'a'");

        assertThat(counts(keys(schema)))
                .containsOnlyKeys("DE", "FR", "SE", "a\\b")
                .allSatisfy((key, count) -> assertThat(count).isCloseTo(EVENTS / 4, Offset.offset(50L)));
    }

    @Test
    void groupsOfAnyTextAreFewAndTheSameForEachSeed() {
        EventSchema schema = schema("{'type':'string'}", "'group':'a'");
        Map<String, Long> groups = counts(keys(schema));

        assertThat(groups).hasSize(20);
        assertThat(counts(events(schema, 8).stream().map(KeyedEvent::key).toList()))
                .containsOnlyKeys(groups.keySet());
    }

    @Test
    void keyOfANullGroupIsNull() {
        EventSchema schema = schema("{'type':['boolean','null']}", "'group':'a'");

        assertThat(keys(schema)).contains("true", "false", null).doesNotContain("null");
    }

    @Test
    void keyIsNullWithoutAGroup() {
        assertThat(keys(schema("{'type':'integer'}", ""))).containsOnlyNulls();
    }

    @Test
    void timeOfTheEventIsNoExample() throws Exception {
        EventSchema schema =
                schema("{'type':'string','format':'date-time','examples':['2020-01-01T00:00:00Z']}", "'time':'a'");

        assertThat(counts(rows(schema).stream().map(row -> row[0]).toList()))
                .containsExactly(entry(ChronoUnit.MICROS.between(Instant.EPOCH, NOW), (long) EVENTS));
    }

    @Test
    void sendsFieldsThatAreNoColumns() {
        String file = "{'type':'object','properties':{'x y':{'type':'integer'},'\\ud800':{'const':1}},"
                + "'required':['x y','\\ud800'],'additionalProperties':false}";
        EventSchema schema = SchemaFile.parse("a.json", file.replace('\'', '"').getBytes(UTF_8));

        assertThat(events(schema, 7))
                .allSatisfy(event -> new EventDecoder(schema, new TestValues()).decode(event.json()));
    }
}

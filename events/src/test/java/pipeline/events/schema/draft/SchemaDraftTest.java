package pipeline.events.schema.draft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pipeline.events.schema.draft.Drafts.add;
import static pipeline.events.schema.draft.Drafts.row;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.draft.SchemaDraft.Row;

/** Which fields become columns, of which types. {@link AcceptsSampleTest} shows that decoders accept what was seen. */
class SchemaDraftTest {
    private static final String UUID = "\"123e4567-e89b-12d3-a456-426614174000\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1                       | -9223372036854775808  | integer",
                "1                       | 9223372036854775808   | rescued",
                "1                       | 1.0                   | number",
                "1.5                     | 1e400                 | rescued",
                "1.5                     | 1e-400                | number",
                "1.5                     | 1e-401                | rescued",
                "9223372036854775808     | 1.5                   | rescued",
                "true                    | false                 | boolean",
                "true                    | 1                     | rescued",
                "\"a\"                   | \"\"                  | string",
                "\"a\"                   | \"\\ud800\"           | rescued",
                "\"a\"                   | 1                     | rescued",
                "\"2026-11-22T12:00:00Z\"| \"2026-11-22t12:00:00.123456-23:59\" | date-time",
                "\"2026-11-22T12:00:00Z\"| \"2026-11-22T12:00:00.1234567Z\"     | string",
                "\"2026-11-22T12:00:00Z\"| \"2026-11-22\"        | string",
                "\"2026-11-22\"          | \"2024-02-29\"        | date",
                "\"2026-11-22\"          | \"2026-02-29\"        | string",
                "[]                      | []                    | rescued",
                "[]                      | [1]                   | array",
                "[[]]                    | [null]                | rescued",
                "[1]                     | [\"a\"]               | rescued",
                "[1]                     | {\"a\":1}             | rescued",
                "{}                      | {}                    | rescued",
                "{}                      | {\"a\":1}             | object",
                "{}                      | {\"a-b\":1}           | rescued",
                "{\"a\":null}            | {\"a\":[{}]}          | rescued",
            })
    void typeFitsAllValues(String one, String other, String column) {
        SchemaDraft draft = Drafts.of("{\"x\":" + one + "}", "{\"x\":" + other + "}");

        assertThat(row(draft, "/x").column()).isEqualTo(column);
        assertThat(names(draft)).isEqualTo(column.equals("rescued") ? "" : "x");
    }

    private static String names(SchemaDraft draft) {
        return Drafts.schema(draft).columns().stream().map(Field::name).collect(Collectors.joining(" "));
    }

    @Test
    void uuidIsAFormat() {
        SchemaDraft draft = Drafts.of("{\"x\":" + UUID + "}", "{\"x\":" + UUID.toUpperCase(Locale.ROOT) + "}");

        assertThat(draft.text()).contains("\"x\": {\"type\": \"string\", \"format\": \"uuid\"}");
    }

    @Test
    void onlyNullsAreNoColumn() {
        SchemaDraft draft = Drafts.of("{\"x\":null}", "{}");

        assertThat(row(draft, "/x")).isEqualTo(new Row("/x", 1, 2, Map.of("null", 1L), "rescued", "only nulls"));
    }

    @Test
    void columnHasValuesInOnePercent() {
        EventSample sample = new EventSample();
        add(sample, 198, "{\"often\":null,\"rare\":null}");
        add(sample, 1, "{\"often\":1,\"rare\":1}");
        add(sample, 1, "{\"often\":1}");
        add(sample, 1_000, "no JSON");

        SchemaDraft draft = sample.draft();

        assertThat(names(draft)).isEqualTo("often");
        assertThat(row(draft, "/rare"))
                .isEqualTo(new Row(
                        "/rare",
                        199,
                        200,
                        Map.of("integer", 1L, "null", 198L),
                        "rescued",
                        "fewer than 1 % have a value"));
    }

    @Test
    void fieldsOfObjectsAreCountedInTheseObjects() {
        EventSample sample = new EventSample();
        add(sample, 99, "{}");
        add(sample, 1, "{\"x\":{\"a\":1}}");

        assertThat(row(sample.draft(), "/x").column()).isEqualTo("object or null");
        assertThat(row(sample.draft(), "/x/a").column()).isEqualTo("integer");
    }

    @Test
    void columnIsNullableUnlessInEachObjectAndNeverNull() {
        SchemaDraft draft = Drafts.of(
                "{\"a\":1,\"b\":1,\"c\":null,\"d\":{\"e\":1,\"f\":[1]}}",
                "{\"a\":1,\"c\":1,\"d\":{\"e\":1,\"f\":[null]}}",
                "{\"a\":1,\"c\":1,\"d\":{\"e\":1}}");

        assertThat(draft.text())
                .isEqualTo(
                        """
                        {
                          "$schema": "https://json-schema.org/draft/2020-12/schema",
                          "type": "object",
                          "properties": {
                            "a": {"type": "integer"},
                            "b": {"type": ["integer", "null"]},
                            "c": {"type": ["integer", "null"]},
                            "d": {
                              "type": "object",
                              "properties": {
                                "e": {"type": "integer"},
                                "f": {
                                  "type": ["array", "null"],
                                  "items": {"type": ["integer", "null"]}
                                }
                              },
                              "required": ["e"]
                            }
                          },
                          "required": ["a", "d"],
                          "x-pipeline": {"value": "a"}
                        }
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x y", "1a", "\u00e9", "kafka_offset", "Kafka_x", "rescued", "RESCUED"})
    void unusableNameIsNoColumn(String name) {
        SchemaDraft draft = Drafts.of("{\"" + name + "\":1,\"in\":{\"" + name + "\":{\"a\":1}}}");

        assertThat(row(draft, "/" + name).column()).isEqualTo("rescued");
        assertThat(row(draft, "/" + name).why()).isEqualTo("no column can have this name");
    }

    @Test
    void onlyTopLevelNamesCanBeOurs() {
        SchemaDraft draft = Drafts.of("{\"in\":{\"rescued\":1,\"kafka_key\":1}}");

        assertThat(row(draft, "/in/rescued").column()).isEqualTo("integer");
        assertThat(row(draft, "/in/kafka_key").column()).isEqualTo("integer");
    }

    @Test
    void ofNamesThatDifferInCaseTheMostFrequentIsAColumn() {
        SchemaDraft draft =
                Drafts.of("{\"ID\":1}", "{\"Id\":1,\"iD\":1}", "{\"Id\":1}", "{\"id\":\"a\"}", "{\"id\":1}");

        assertThat(names(draft)).isEqualTo("Id");
        assertThat(row(draft, "/ID").why()).isEqualTo("only case differs from Id");
        assertThat(row(draft, "/id").why()).isEqualTo("mixed types");
    }

    @Test
    void objectWithThousandNamesIsAColumn() {
        SchemaDraft draft = Drafts.of(objects(1_000));

        assertThat(names(draft)).isEqualTo("map list");
        assertThat(draft.rows()).hasSize(2_003);
    }

    @Test
    void objectWithMoreNamesIsNoColumn() {
        SchemaDraft draft = Drafts.of(objects(1_001), objects(1));

        assertThat(names(draft)).isEmpty();
        assertThat(draft.rows()).hasSize(3);
        assertThat(row(draft, "/map").why()).isEqualTo("more than 1,000 names");
        assertThat(row(draft, "/list/*").why()).isEqualTo("more than 1,000 names");
        assertThat(draft.leftOut()).isZero();
    }

    private static String objects(int names) {
        String object = object(names, "1");
        return "{\"map\":" + object + ",\"list\":[" + object + "]}";
    }

    private static String object(int names, String value) {
        return IntStream.range(0, names)
                .mapToObj(i -> "\"n" + i + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void eventKeepsThousandNames() {
        SchemaDraft draft = Drafts.of(object(1_002, "1"));

        assertThat(Drafts.schema(draft).columns()).hasSize(1_000);
        assertThat(draft.leftOut()).isEqualTo(2);
        assertThat(draft.table()).contains("Left to rescued without a row: 2 fields");
    }

    @Test
    void longNamesAreLeftOut() {
        SchemaDraft draft = Drafts.of(
                "{\"" + "a".repeat(201) + "\":1,\"" + "b".repeat(200) + "\":1,\"x\":{\"" + "c".repeat(201) + "\":1}}");

        assertThat(names(draft)).isEqualTo("b".repeat(200));
        assertThat(draft.leftOut()).isEqualTo(2);
    }

    @Test
    void columnsReachToTheDepthOfSchemas() {
        SchemaDraft draft = Drafts.of(nested(9, "1"), nested(9, "1"));
        SchemaDraft deeper = Drafts.of(nested(10, "1"));

        assertThat(names(draft)).isEqualTo("a");
        assertThat(names(deeper)).isEmpty();
        assertThat(row(deeper, "/a/*".repeat(5)).why()).isEqualTo("deeper than 10 objects and arrays");
    }

    /** @param depth how many objects and arrays are in the event */
    private static String nested(int depth, String value) {
        String json = value;
        for (int i = depth; i > 0; i--) {
            json = i % 2 == 0 ? "{\"a\":" + json + "}" : "[" + json + "]";
        }
        return "{\"a\":" + json + "}";
    }

    @Test
    void repeatedFieldIsCountedInOneObject() {
        SchemaDraft draft = Drafts.of("{\"a\":1,\"a\":2}", "{}");

        assertThat(row(draft, "/a"))
                .isEqualTo(new Row(
                        "/a",
                        1,
                        2,
                        Map.of("integer", 2L),
                        "integer or null",
                        "missing in some; in some more than once, which are rejected"));
    }

    @ParameterizedTest
    @CsvSource({
        "946684800, seconds",
        "946684799, ",
        "4102444800, seconds",
        "4102444801, ",
        "1763812345678, milliseconds",
        "1763812345678901, "
    })
    void integersThatCouldBeTimesAreMentioned(String value, String unit) {
        SchemaDraft draft = Drafts.of("{\"x\":" + value + "}");

        assertThat(row(draft, "/x").column()).isEqualTo("integer");
        assertThat(row(draft, "/x").why())
                .isEqualTo("in each, never null" + (unit == null ? "" : "; could be times in " + unit + " since 1970"));
    }

    @Test
    void emptySampleSaysSo() {
        SchemaDraft draft = new EventSample().draft();

        assertThat(draft.isEmpty()).isTrue();
        assertThat(draft.table())
                .isEqualTo("There is nothing to draft a schema from: none of 0 records is a JSON object\n");
        assertThat(Drafts.schema(draft).columns()).isEmpty();
    }

    @Test
    void sampleWithoutObjectsIsEmpty() {
        SchemaDraft draft = Drafts.of(Arrays.asList(null, "[]".getBytes(UTF_8), "{} {}".getBytes(UTF_8)));

        assertThat(draft.isEmpty()).isTrue();
        assertThat(draft.records()).isEqualTo(3);
        assertThat(draft.rejected()).isEqualTo(3);
    }

    @Test
    void rejectedRecordsLeaveNothing() {
        SchemaDraft draft = Drafts.of("{\"a\":1}", "{\"a\":\"x\",\"b\":1", "{\"a\":\"x\"}}");

        assertThat(draft.rejected()).isEqualTo(2);
        assertThat(draft.rows()).hasSize(1);
        assertThat(row(draft, "/a").types()).isEqualTo(Map.of("integer", 1L));
    }

    @Test
    void draftHasNoValues() {
        SchemaDraft draft = Drafts.of(
                "{\"a\":\"secret\",\"b\":424242,\"c\":4242.42,\"d\":[\"secret\",424242],\"e\":{\"f\":\"secret\"},\"g\":1}",
                "{\"a\":\"other secret\",\"b\":424243,\"c\":4242.43,\"d\":[],\"e\":{\"f\":424242},\"g\":\"secret\"}");

        assertThat(draft.text() + draft + draft.table()).doesNotContain("secret", "4242");
    }

    @Test
    void sampleCanGrowAfterADraft() {
        EventSample sample = new EventSample();
        add(sample, 1, "{\"a\":1}");
        EventSchema before = Drafts.schema(sample.draft());
        add(sample, 1, "{\"b\":1}");

        assertThat(before.columns()).hasSize(1);
        assertThat(names(sample.draft())).isEqualTo("a b");
    }
}

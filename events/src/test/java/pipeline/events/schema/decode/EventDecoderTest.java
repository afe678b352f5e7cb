package pipeline.events.schema.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;

class EventDecoderTest {
    private static final EventSchema ORDER = SchemaFile.parse(
            "orders.schema.json",
            """
            {"type": "object",
             "properties": {
               "order": {"type": "integer"},
               "amount": {"type": ["number", "null"], "multipleOf": 0.01},
               "at": {"type": "string", "format": "date-time"},
               "day": {"type": "string", "format": "date"},
               "paid": {"type": "boolean"},
               "customer": {"type": "object", "properties": {
                  "id": {"type": "integer"},
                  "e-mail": {"type": "object", "properties": {"a": {"type": "string"}}}},
                 "required": ["id"]},
               "items": {"type": "array", "items": {"type": "object", "properties": {
                  "sku": {"type": "string", "pattern": "^[A-Z]"}}}},
               "closed": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false},
               "x y": {"type": "integer"}
             },
             "required": ["order"]}
            """
                    .getBytes(UTF_8));

    private static EventSchema value(String schema) {
        String file = "{\"type\":\"object\",\"properties\":{\"a\":" + schema + "}}";
        return SchemaFile.parse("a.json", file.getBytes(UTF_8));
    }

    private static Object[] decode(EventSchema schema, String json) throws RejectedEventException {
        return new EventDecoder(schema, new TestValues()).decode(json.getBytes(UTF_8));
    }

    private static String reason(EventSchema schema, String json) {
        Throwable thrown = catchThrowable(() -> decode(schema, json));
        assertThat(thrown).as(json).isInstanceOf(RejectedEventException.class);
        return thrown.getMessage();
    }

    @Test
    void returnsTheColumnsInTheOrderOfTheSchema() throws Exception {
        String json =
                """
                {"items":[{"sku":"A"},{}],"customer":{"id":7},"paid":true,"day":"1970-01-02","at":"1970-01-01T00:00:00.000001Z",
                 "amount":1.50,"order":9223372036854775807}
                """;

        assertThat(decode(ORDER, json))
                .containsExactly(
                        Long.MAX_VALUE,
                        1.5,
                        1L,
                        1,
                        true,
                        List.of(7L),
                        List.of(List.of("A"), Arrays.asList((Object) null)),
                        null,
                        null);
    }

    @Test
    void missingAndNullAreNull() throws Exception {
        assertThat(decode(ORDER, "{\"amount\":null,\"order\":1}"))
                .containsExactly(1L, null, null, null, null, null, null, null, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'order':1,'coupon':'C10'}                     | {'/coupon':'C10'}",
                "{'order':1,'a':1,'b': [1, {}] ,'a': 2.50 }     | {'/a':2.50,'/b':[1, {}]}",
                "{'order':1,'customer':{'id':1,'x/~':'\\u00e9'}} | {'/customer/x~1~0':'\\u00e9'}",
                "{'order':1,'items':[{},{'q':-1e5}]}            | {'/items/1/q':-1e5}",
                "{'order':1,'x y':7}                            | {'/x y':7}",
                "{'order':1,'customer':{'id':1,'e-mail':{'a':'b','c':1}}} | {'/customer/e-mail':{'a':'b','c':1}}",
                "{'order':1,'\\ud800\"q':null}                  | {'/\\ud800\"q':null}",
                "{'order':1,'\u00e9':'\u00e9'}                  | {'/\u00e9':'\u00e9'}",
            })
    void rescuesUnknownFieldsAsTheyAreWritten(String json, String rescued) throws Exception {
        Object[] row = decode(ORDER, json.replace("\"", "\\\"").replace('\'', '"'));

        assertThat(row[8]).isEqualTo(rescued.replace("\"", "\\\"").replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                        | order: missing",
                "{'order':'1'}                             | order: not an integer",
                "{'order':1.0}                             | order: not an integer",
                "{'order':1e2}                             | order: not an integer",
                "{'order':9223372036854775808}             | order: not an integer of 64 bits",
                "{'order':-9223372036854775809}            | order: not an integer of 64 bits",
                "{'order':1,'order':1}                     | order: more than once",
                "{'order':1}{}                             | text after the object",
                "[]                                        | not a JSON object",
                "{'order':1,'amount':1e400}                | amount: not a finite double",
                "{'order':1,'amount':1e-401}               | amount: exponent not in -400 to 400",
                "{'order':1,'amount':0e999999999}          | amount: exponent not in -400 to 400",
                "{'order':1,'amount':0.125}                | amount: not a multiple of 0.01",
                "{'order':1,'at':'2016-12-31T23:59:60Z'}   | at: no such date or time",
                "{'order':1,'at':'2026-11-22T12:34:56.1234567Z'} | at: more than 6 fraction digits",
                "{'order':1,'day':'2026-02-29'}            | day: no such date or time",
                "{'order':1,'day':null}                    | day: not a string",
                "{'order':1,'paid':'true'}                 | paid: not a boolean",
                "{'order':1,'customer':[]}                 | customer: not an object",
                "{'order':1,'customer':{}}                 | /customer/id: missing",
                "{'order':1,'customer':{'id':1.5}}         | /customer/id: not an integer",
                "{'order':1,'customer':{'id':1,'id':2}}    | /customer/id: more than once",
                "{'order':1,'items':{}}                    | items: not an array",
                "{'order':1,'items':[{},1]}                | /items/1: not an object",
                "{'order':1,'items':[{},{'sku':'a'}]}      | /items/1/sku: does not match the pattern",
                "{'order':1,'items':[{'sku':'\\ud800'}]}   | /items/0/sku: a surrogate without its pair",
                "{'order':1,'closed':{'b':1}}              | closed: a field that the schema does not know",
                "{'order':1,'x y':'1'}                     | x y: not an integer",
                "{'order':1,'customer':{'id':1,'e-mail':{'a':1}}} | /customer/e-mail/a: not a string",
            })
    void rejectsWithTheReasonAndThePlace(String json, String reason) {
        assertThat(reason(ORDER, json.replace('\'', '"'))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{`type`:`number`,`minimum`:0,`maximum`:0.1}      | 0.10000000000000000055 | not in 0 to 0.1",
                "{`type`:`number`,`minimum`:0}                    | -1e-400  | less than 0",
                "{`type`:`number`,`exclusiveMinimum`:0}           | 0.0      | not more than 0",
                "{`type`:`number`,`maximum`:5}                    | 5.1      | more than 5",
                "{`type`:`number`,`minimum`:5,`exclusiveMaximum`:7} | 7      | not less than 7",
                "{`type`:`number`,`minimum`:0,`maximum`:5}        | 1e400    | not in 0 to 5",
                "{`type`:`integer`,`maximum`:5}                   | 99999999999999999999 | more than 5",
                "{`type`:`integer`,`multipleOf`:0.5,`enum`:[1,2.0]} | 3      | not one of the allowed values",
                "{`const`:true}                                   | false    | not one of the allowed values",
                "{`type`:[`string`,`null`],`enum`:[`a`]}          | null     | not a string",
                "{`type`:`string`,`minLength`:2}                  | `\ud83d\ude00` | fewer than 2 code points",
                "{`type`:`string`,`maxLength`:1}                  | `ab`     | more than 1 code points",
                "{`type`:`string`,`minLength`:1,`maxLength`:2}    | ``       | not 1 to 2 code points",
                "{`type`:`string`,`format`:`uuid`}                | `123e4567-e89b-12d3-a456-42661417400g` | not a UUID",
                "{`type`:`array`,`items`:{`type`:`integer`},`maxItems`:1} | [1,2] | more than 1 items",
            })
    void saysWhichRuleIsBroken(String schema, String json, String reason) {
        EventSchema of = value(schema.replace('`', '"'));

        assertThat(reason(of, "{\"a\":" + json.replace('`', '"') + "}")).isEqualTo("a: " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-400", "-0", "0.1", "0.1000000000000000", "1e-1", "0e5"})
    void boundsCompareExactly(String number) throws Exception {
        EventSchema schema = value("{\"type\":\"number\",\"minimum\":0,\"maximum\":0.1}");

        assertThat(decode(schema, "{\"a\":" + number + "}")[0]).isEqualTo(Double.parseDouble(number) + 0.0);
    }

    @Test
    void enumTakesNullIfItListsIt() throws Exception {
        assertThat(decode(value("{\"enum\":[\"a\",null]}"), "{\"a\":null}")).containsExactly(null, null);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void numbersOfAMillionDigitsTakeNoTime() {
        EventSchema schema = value("{\"type\":\"number\",\"multipleOf\":0.01,\"minimum\":0,\"maximum\":1e300}");

        assertThat(reason(schema, "{\"a\":" + "9".repeat(1_000_000) + "}")).isEqualTo("a: not in 0 to 1E+300");
        assertThat(reason(schema, "{\"a\":0." + "9".repeat(1_000_000) + "}")).isEqualTo("a: not a multiple of 0.01");
        assertThat(reason(value("{\"type\":\"integer\"}"), "{\"a\":" + "9".repeat(1_000_000) + "}"))
                .isEqualTo("a: not an integer of 64 bits");
    }

    @Test
    void deepNestingIsRejectedAsEverywhere() throws Exception {
        String json = "{\"order\":1,\"x\":" + "[".repeat(99) + "]".repeat(99) + "}";

        assertThat(decode(ORDER, json)[8]).isEqualTo("{\"/x\":" + "[".repeat(99) + "]".repeat(99) + "}");
        assertThat(reason(ORDER, json.replace("[]", "[[]]"))).startsWith("not JSON: Depth (101) exceeds");
    }

    @Test
    void tombstoneIsRejected() {
        EventDecoder decoder = new EventDecoder(ORDER, new TestValues());

        assertThatThrownBy(() -> decoder.decode(null))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("tombstone: the value is null");
    }

    @Test
    void rescuesNothingOfTheValueBefore() throws Exception {
        EventDecoder decoder = new EventDecoder(ORDER, new TestValues());
        decoder.decode("{\"order\":1,\"b\":1}".getBytes(UTF_8));
        assertThatThrownBy(() -> decoder.decode("{\"c\":1}".getBytes(UTF_8))).hasMessage("order: missing");

        assertThat(decoder.decode("{\"order\":1,\"\u00e9\":1}".getBytes(UTF_8))[8])
                .isEqualTo("{\"/\u00e9\":1}");
        assertThat(decoder.decode("{\"order\":1}".getBytes(UTF_8))[8]).isNull();
    }

    @Test
    void schemaCanBeSentToOtherProcesses() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(ORDER);
        EventSchema received =
                (EventSchema) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(reason(received, "{\"order\":1,\"items\":[{\"sku\":\"a\"}]}"))
                .isEqualTo("/items/0/sku: does not match the pattern");
        assertThat(received.text()).isEqualTo(ORDER.text());
    }
}

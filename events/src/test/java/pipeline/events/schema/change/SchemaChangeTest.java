package pipeline.events.schema.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;

/** A run continues with another schema, or stops with one line: the JSON pointer, what the run and the file have, what to do. */
class SchemaChangeTest {
    private static final String SET_RUN_ID = "; set RUN_ID to a new name";

    private static final String CLOSED = "{'additionalProperties':false,'type':'object'";
    private static final String INTEGER = "{'type':'integer'}";
    private static final String NUMBER = "{'type':'number'}";
    private static final String BOOLEAN = "{'type':'boolean'}";
    private static final String STRING = "{'type':'string'}";
    private static final String STRING_OR_NULL = "{'type':['string','null']}";
    private static final String DATE_TIME = "{'type':'string','format':'date-time'}";
    private static final String DATE = "{'type':'string','format':'date'}";

    static Stream<Arguments> continued() {
        String a = "'a':" + STRING;
        String nested = "'a':" + object("'b':" + STRING, "b");
        return Stream.of(
                continues("another order", object(a + ",'b':" + INTEGER), object("'b':" + INTEGER + "," + a)),
                continues("a new column", object(a), object("'new':" + INTEGER + "," + a)),
                continues("a new object", object(a), object(a + ",'new':" + object("'b':" + STRING, "b"))),
                continues("a new column with null", object(a), object(a + ",'new':" + STRING_OR_NULL, "new")),
                continues("optional", object(a, "a"), object(a)),
                continues("null", required(STRING), required(STRING_OR_NULL)),
                continues("null in an enum", required("{'enum':['x']}"), required("{'enum':['x',null]}")),
                continues("a nested field is optional", object(nested), object(nested.replace("'b']", "]"))),
                continues("a nested field takes null", object(nested), object(nested.replace(STRING, STRING_OR_NULL))),
                continues("items take null", property(array(STRING)), property(array(STRING_OR_NULL))),
                continues(
                        "a field of items is optional",
                        property(array(object("'b':" + STRING, "b"))),
                        property(array(object("'b':" + STRING)))),
                continues("optional without null", property(STRING_OR_NULL), property(STRING)),
                continues("optional instead of null", required(STRING_OR_NULL), property(STRING)),
                continues("required with null", property(STRING_OR_NULL), required(STRING_OR_NULL)),
                continues(
                        "bounds",
                        property("{'type':'integer','minimum':0,'maximum':5}"),
                        property("{'type':'integer','minimum':2,'exclusiveMaximum':9,'multipleOf':2}")),
                continues("an enum", property("{'enum':[1,2]}"), property("{'enum':[2,3]}")),
                continues("an enum of strings", property(STRING), property("{'enum':['x','y',null]}")),
                continues("a uuid", property(STRING), property("{'type':'string','format':'uuid'}")),
                continues(
                        "pattern and length",
                        property("{'type':'string','pattern':'^a','maxLength':3}"),
                        property("{'type':'string','pattern':'^b','minLength':1}")),
                continues(
                        "number of items",
                        property("{'type':'array','items':{'type':'integer'}}"),
                        property("{'type':'array','items':{'type':'integer','minimum':0},'minItems':1}")),
                continues("other fields", object(a), object(a).replace("{'type':'object'", CLOSED)),
                continues(
                        "other fields of an object",
                        property(object(a)),
                        property(object(a).replace("{'type':'object'", CLOSED))),
                continues("annotations", property(STRING), property("{'title':'A','type':'string','x-owner':[1]}")),
                continues(
                        "a nested constraint",
                        object(nested),
                        object(nested.replace(STRING, "{'type':'string','maxLength':9}"))),
                continues("no column: new", object(a), object(a + ",'x y':" + INTEGER, "x y")),
                continues("no column: removed", object(a + ",'kafka_key':" + INTEGER), object(a)),
                continues("no column: retyped", object(a + ",'A':" + INTEGER), object(a + ",'A':" + array(STRING))),
                continues(
                        "no column in an object",
                        property(object("'b':" + STRING + ",'x y':" + object("'c':" + STRING))),
                        property(object("'b':" + STRING + ",'x y':" + object("'d':" + INTEGER), "x y"))));
    }

    static Stream<Arguments> stopped() {
        String a = "'a':" + STRING;
        String sku = "'sku':" + STRING;
        return Stream.of(
                stops(
                        object(a + ",'b':" + DATE),
                        object(a),
                        "/properties/b: string with format date in the run, but no column in the file"),
                stops(
                        object(a + ",'b':" + object(a)),
                        object(a),
                        "/properties/b: object in the run, but no column in the file"),
                stops(
                        object(a + ",'b':" + INTEGER),
                        object(a + ",'c':" + INTEGER),
                        "/properties/b: integer in the run, but no column in the file"),
                stops(
                        object("'a':" + BOOLEAN + ",'A':" + BOOLEAN),
                        object("'A':" + BOOLEAN + ",'a':" + BOOLEAN),
                        "/properties/a: boolean in the run, but no column in the file"),
                stops(
                        property(INTEGER),
                        property(NUMBER),
                        "/properties/a/type: integer in the run, but number in the file"),
                stops(
                        property(NUMBER),
                        property(INTEGER),
                        "/properties/a/type: number in the run, but integer in the file"),
                stops(
                        property(INTEGER),
                        property("{'type':['boolean','null']}"),
                        "/properties/a/type: integer in the run, but boolean in the file"),
                stops(
                        property(STRING),
                        property(DATE_TIME),
                        "/properties/a/type: string in the run, but string with format date-time in the file"),
                stops(
                        property(DATE_TIME),
                        property(DATE),
                        "/properties/a/type: string with format date-time in the run, but string with format date in the file"),
                stops(
                        property("{'enum':[1,2]}"),
                        property(STRING),
                        "/properties/a/type: integer in the run, but string in the file"),
                stops(
                        property(INTEGER),
                        property("{'const':1.5}"),
                        "/properties/a: integer in the run, but number in the file"),
                stops(
                        property(INTEGER),
                        property(array(INTEGER)),
                        "/properties/a/type: integer in the run, but array of integer in the file"),
                stops(
                        property(array(array(DATE))),
                        property(object(sku)),
                        "/properties/a/type: array of array of string with format date in the run, but object in the file"),
                stops(
                        property(array(INTEGER)),
                        property(array(STRING)),
                        "/properties/a/items/type: integer in the run, but string in the file"),
                stops(
                        property(array(array(object(sku)))),
                        property(array(array(object("'sku':" + INTEGER)))),
                        "/properties/a/items/items/properties/sku/type: string in the run, but integer in the file"),
                stops(object(a), object(a, "a"), "/required: a is optional in the run, but required in the file"),
                stops(
                        property(STRING_OR_NULL),
                        required(STRING),
                        "/required: a is optional in the run, but required in the file"),
                stops(
                        required(STRING_OR_NULL),
                        required(STRING),
                        "/properties/a/type: string or null in the run, but string in the file"),
                stops(
                        required("{'type':['string','null'],'enum':['x',null]}"),
                        required("{'type':['string','null'],'enum':['x']}"),
                        "/properties/a: string or null in the run, but string in the file"),
                stops(
                        required(STRING_OR_NULL),
                        required(INTEGER),
                        "/properties/a/type: string or null in the run, but integer in the file"),
                stops(
                        property(array("{'type':['array','null'],'items':" + NUMBER + "}")),
                        property(array(array(NUMBER))),
                        "/properties/a/items/type: array of number or null in the run, but array of number in the file"),
                stops(
                        object(a),
                        object(a + ",'b':" + STRING, "b"),
                        "/required: b is not a column in the run, but required in the file"),
                stops(
                        property(object(sku)),
                        property(object(sku + ",'n':" + NUMBER)),
                        "/properties/a/properties/n: no column in the run, but number in the file"),
                stops(
                        property(object(sku + ",'n':" + NUMBER)),
                        property(object(sku)),
                        "/properties/a/properties/n: number in the run, but no column in the file"),
                stops(
                        property(object(sku)),
                        property(object("'sku':" + DATE)),
                        "/properties/a/properties/sku/type: string in the run, but string with format date in the file"),
                stops(
                        property(object(sku)),
                        property(object(sku, "sku")),
                        "/properties/a/required: sku is optional in the run, but required in the file"),
                stops(
                        property(object("'sku':" + STRING_OR_NULL, "sku")),
                        property(object(sku, "sku")),
                        "/properties/a/properties/sku/type: string or null in the run, but string in the file"),
                stops(
                        property(array(object(sku))),
                        property(array(object(sku + ",'n':" + BOOLEAN, "n"))),
                        "/properties/a/items/properties/n: no column in the run, but boolean in the file"),
                stops(
                        property(array(object(sku + ",'n':" + BOOLEAN))),
                        property(array(object(sku))),
                        "/properties/a/items/properties/n: boolean in the run, but no column in the file"),
                stops(
                        property(array(object(sku))),
                        property(array(object(sku, "sku"))),
                        "/properties/a/items/required: sku is optional in the run, but required in the file"));
    }

    static Stream<Arguments> severalDifferences() {
        String run = object("'gone':" + STRING + ",'a':" + STRING + ",'b':" + object("'c':" + STRING));
        return Stream.of(
                stops(
                        run,
                        object("'new':" + DATE + ",'b':" + object("'c':" + DATE) + ",'a':" + NUMBER, "a", "new"),
                        "/properties/b/properties/c/type: string in the run, but string with format date in the file"),
                stops(
                        run,
                        object("'b':" + object("'c':" + STRING, "c") + ",'a':" + NUMBER, "a"),
                        "/properties/b/required: c is optional in the run, but required in the file"),
                stops(
                        run,
                        object("'new':" + DATE + ",'b':" + object("'c':" + STRING) + ",'a':" + STRING, "a", "new"),
                        "/properties/gone: string in the run, but no column in the file"),
                stops(
                        object("'a':" + STRING),
                        object("'a':" + STRING, "a")
                                .replace("{'type':'object'", "{'x-pipeline':{'group':'a'},'type':'object'"),
                        "/required: a is optional in the run, but required in the file"));
    }

    static Stream<Arguments> changesOfRoles() {
        return Stream.of(
                stops("{'group':'country'}", "{'group':'city'}", "/group: country in the run, but city in the file"),
                stops("{'group':'country'}", "{}", "/group: country in the run, but no group in the file"),
                stops("{'time':'at'}", "{'time':'paid_at'}", "/time: at in the run, but paid_at in the file"),
                stops("{}", "{'time':'at'}", "/time: no time in the run, but at in the file"),
                stops("{'value':'amount'}", "{'value':'tax'}", "/value: amount in the run, but tax in the file"),
                stops(
                        "{'partition':['country']}",
                        "{}",
                        "/partition: country in the run, but no partition in the file"),
                stops(
                        "{'partition':['country','day(at)']}",
                        "{'partition':['day(at)','country']}",
                        "/partition: country, day(at) in the run, but day(at), country in the file"),
                stops(
                        "{'partition':['country','hour(at)']}",
                        "{'partition':['key(country)','hour(paid_at)']}",
                        "/partition: country, hour(at) in the run, but key(country), hour(paid_at) in the file"),
                stops("{}", "{'unknown':'drop'}", "/unknown: rescue in the run, but drop in the file"),
                stops(
                        "{'unknown':'drop'}",
                        "{'group':'city','unknown':'rescue'}",
                        "/group: no group in the run, but city in the file"));
    }

    private static Arguments continues(String change, String run, String file) {
        return Arguments.of(change, run, file);
    }

    private static Arguments stops(String run, String file, String line) {
        return Arguments.of(run, file, line);
    }

    private static String property(String schema) {
        return object("'a':" + schema);
    }

    private static String required(String schema) {
        return object("'a':" + schema, "a");
    }

    private static String object(String properties, String... required) {
        String names = Stream.of(required).map(name -> "'" + name + "'").collect(Collectors.joining(","));
        return "{'type':'object','properties':{" + properties + "},'required':[" + names + "]}";
    }

    private static String array(String items) {
        return "{'type':'array','items':" + items + "}";
    }

    private static EventSchema order(String roles) {
        return parse(
                """
                {'type': 'object',
                 'properties': {
                   'country': {'enum': ['DE', 'FR']},
                   'city': {'type': 'string'},
                   'at': {'type': 'string', 'format': 'date-time'},
                   'paid_at': {'type': 'string', 'format': 'date-time'},
                   'amount': {'type': 'number'},
                   'tax': {'type': 'number'}
                 },
                 'required': ['country', 'city', 'at', 'paid_at', 'amount', 'tax'],
                 'x-pipeline': %s}
                """
                        .formatted(roles));
    }

    private static EventSchema parse(String schema) {
        return SchemaFile.parse("orders.schema.json", schema.replace('\'', '"').getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("continued")
    void continuesWithTheSameColumns(String change, String run, String file) {
        assertThat(file).isNotEqualTo(run);
        assertThat(SchemaChange.problem(parse(run), parse(file))).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("stopped")
    void stopsWithOtherColumns(String run, String file, String line) {
        assertThat(SchemaChange.problem(parse(run), parse(file))).contains(line + SET_RUN_ID);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("changesOfRoles")
    void stopsWithOtherRoles(String run, String file, String line) {
        assertThat(SchemaChange.problem(order(run), order(file))).contains("/x-pipeline" + line + SET_RUN_ID);
    }

    @Test
    void continuesWithDefaultsThatAreWrittenOut() {
        EventSchema written = order("{'partition':[],'unknown':'rescue'}");

        assertThat(SchemaChange.problem(order("{}"), written)).isEmpty();
        assertThat(SchemaChange.problem(written, order("{}"))).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("severalDifferences")
    void namesTheFirstDifferenceInTheOrderOfTheFile(String run, String file, String line) {
        assertThat(SchemaChange.problem(parse(run), parse(file))).contains(line + SET_RUN_ID);
    }

    @Test
    void continuesWithTheSameSchema() {
        assertThat(SchemaChange.problem(SchemaFile.builtIn(), SchemaFile.builtIn()))
                .isEmpty();
    }

    @Test
    void stopsWithAColumnOfAnotherSize() {
        EventSchema builtIn = SchemaFile.builtIn();

        assertThat(SchemaChange.problem(builtIn, parse(builtIn.text())))
                .contains("/properties/id/type: integer with format int32 in the run, but integer in the file"
                        + SET_RUN_ID);
    }
}

package pipeline.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static pipeline.events.SampleEvents.anyEvent;
import static pipeline.events.SampleEvents.jsonWith;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Malformed and unusual Kafka values, each with its expected result. Most differ from {@link SampleEvents#anyEvent} only in
 * what their name says. Some are larger than Kafka's default {@code max.message.bytes}, see {@link #upTo}.
 */
public final class EventCases {
    private static final Event EVENT = anyEvent();
    private static final String JSON = new String(EventJson.encode(EVENT), UTF_8);
    private static final String NO_RFC_3339 = "ts: not an RFC 3339 date-time with Z or offset";
    private static final String NO_SUCH_TIME = "ts: no such date or time";
    private static final String YEAR = "ts: year not in 0001 to 9999";
    private static final String DIGITS = "ts: more than 6 fraction digits";
    private static final String ID_BOUNDS = "id: not in 0 to 4";
    private static final String ID_TYPE = "id: not an integer";
    private static final String VALUE_BOUNDS = "value: not in 0 to 100";
    private static final String VALUE_TYPE = "value: not a number";
    private static final String SOURCE_LENGTH = "source: not 1 to 100 code points";
    private static final String SURROGATE = "source: a surrogate without its pair";

    private final List<EventCase> cases = new ArrayList<>();

    private EventCases() {}

    /** Returns all cases, in the same order each time. */
    public static List<EventCase> all() {
        EventCases all = new EventCases();
        all.nothing();
        all.documents();
        all.syntax();
        all.missingBytes();
        all.controlCharacters();
        all.fieldsPresent();
        all.fieldTypes();
        all.ids();
        all.timestamps();
        all.values();
        all.sources();
        all.extraFields();
        all.encodings();
        all.depths();
        all.sizes();
        return List.copyOf(all.cases);
    }

    /** Returns the cases of at most this many bytes. */
    public static List<EventCase> upTo(int bytes) {
        return all().stream().filter(odd -> odd.size() <= bytes).toList();
    }

    private void nothing() {
        cases.add(EventCase.rejected("tombstone", null, "tombstone: the value is null"));
        rejected("no bytes", "", "not JSON: empty");
        rejected("a space", " ", "not JSON: empty");
        rejected("white space", " \r\n\t ", "not JSON: empty");
    }

    private void documents() {
        for (String other : List.of("null", "true", "false", "0", "-1.5", "\"{}\"", "[]", "[" + JSON + "]")) {
            rejected("the document " + other, other, "not a JSON object");
        }
        rejected("an event as a string", "\"" + JSON.replace("\"", "\\\"") + "\"", "not a JSON object");
        rejected("an empty object", "{}", "id: missing");
        accepted("white space around every token", JSON.replaceAll("([{}:,](?!\\d\\d))", " \r\n\t$1 \r\n\t"), EVENT);
        accepted("a line feed at the end", JSON + "\n", EVENT);
        accepted("a line feed at the beginning", "\n" + JSON, EVENT);
        accepted(
                "fields in another order",
                "{\"source\":\"sim-producer\",\"value\":49.876,\"ts\":\"2026-11-22T12:34:56.123456Z\",\"id\":1}",
                EVENT);
        for (String second : List.of("{}", JSON, "null", "1", "[]", "\"x\"", "\"x")) {
            rejected("followed by " + second, JSON + " " + second, "text after the object");
        }
        for (String trail : List.of("x", "}", "]", ",", ":", "\\", "nul", "//", "/* */", "#", ";", "\u00a0")) {
            notJson("followed by " + trail, JSON + trail);
        }
        for (String lead : List.of("x", "}", "]", ",", ":", "\\", "// c\n", "/* c */", "# c\n", ")]}',\n", "\u2028")) {
            notJson("led by " + lead.replace("\n", "\\n"), lead + JSON);
        }
        rejected("led by a number", "1 " + JSON, "not a JSON object");
    }

    private void syntax() {
        for (String text : List.of(
                "{id:1}",
                "{'id':1}",
                "{1:1}",
                "{\"id\"}",
                "{\"id\" 1}",
                "{\"id\"=1}",
                "{\"id\"::1}",
                "{\"id\":}",
                "{\"id\":,\"value\":1}",
                "{,}",
                "{,\"id\":1}",
                "{\"id\":1,}",
                "{\"id\":1,,\"value\":1}",
                "{\"id\":1 \"value\":1}",
                "{\"id\":1;\"value\":1}",
                "{\"id\":1]",
                "{\"id\":1)",
                "{\"id\"\u00a0:1}",
                "{\"id\":\u30001}",
                "{\"\\x69d\":1}",
                "{null:1}",
                "{[]:1}",
                "{{}}",
                "<event id=\"1\"/>",
                "id=1&value=49.876",
                "id: 1\nvalue: 49.876\n",
                "1,2026-11-22T12:34:56.123456Z,49.876,sim-producer".replaceFirst("^1,", ",1,"),
                "\ud83d\ude00")) {
            notJson("syntax " + text, text);
        }
        for (String literal : List.of(
                "tru",
                "True",
                "TRUE",
                "truee",
                "fals",
                "False",
                "nul",
                "Null",
                "None",
                "nil",
                "undefined",
                "NaN",
                "nan",
                "Infinity",
                "-Infinity",
                "+Infinity",
                "INF",
                "-INF",
                "+INF",
                "yes",
                "x",
                "`x`",
                "'x'",
                "0x10",
                "-0x1",
                "0b1",
                "0o7",
                "00",
                "01",
                "-01",
                "007",
                "+1",
                "++1",
                "--1",
                "-",
                "-a",
                "+",
                ".",
                ".5",
                "-.5",
                "5.",
                "5.e1",
                "1e",
                "1E+",
                "1e-",
                "1ee1",
                "1e1.5",
                "1.2.3",
                "1,5",
                "1_000",
                "1d",
                "5f",
                "1L",
                "1/2",
                "1+1",
                "\u0661",
                "\uff11",
                "\"",
                "\"\\\"",
                "\"\\x\"",
                "\"\\0\"",
                "\"\\'\"",
                "\"\\u\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u 123\"",
                "\"\\U0041\"",
                "\"\\u{41}\"",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1",
                "[",
                "]",
                "[1}",
                "{\"a\":1",
                "{\"a\"}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{]",
                "[1]]",
                "{\"a\":1}}",
                "[]{}",
                "\"a\"\"b\"",
                "// c\n1",
                "/* c */1",
                "1 // c\n",
                "1 /* c */",
                "1 # c\n",
                "new Date()",
                "ISODate(\"2026-11-22\")",
                "${x}",
                "\ud83d\ude00")) {
            notJson("extra field " + literal.replace("\n", "\\n"), withExtra(literal));
        }
        for (String literal :
                List.of("NaN", "Infinity", "-Infinity", "0x10", ".5", "5.", "+5", "05", "1_0", "5f", "1e")) {
            notJson("value " + literal, jsonWith(Event.VALUE, literal));
        }
    }

    private void missingBytes() {
        for (int length = 1; length < JSON.length(); length++) {
            notJson("the first " + length + " bytes of an event", JSON.substring(0, length));
        }
        for (int at = JSON.indexOf('"'); at < JSON.length() - 1; at++) {
            String two = JSON.substring(at, at + 2);
            if (two.equals("\":") || two.equals(",\"")) {
                int sign = two.indexOf('"') == 0 ? at + 1 : at;
                notJson("an event without its byte " + sign, JSON.substring(0, sign) + JSON.substring(sign + 1));
                notJson(
                        "an event with its byte " + sign + " doubled",
                        JSON.substring(0, sign + 1) + JSON.substring(sign));
            }
        }
    }

    private void controlCharacters() {
        for (char c = 0; c < ' '; c++) {
            String name = "control character " + (int) c;
            notJson(name + " in a string", jsonWith(Event.SOURCE, "\"a" + c + "b\""));
            String between = JSON.replace(",\"value\"", c + ",\"value\"");
            if (" \r\n\t".indexOf(c) >= 0) {
                accepted(name + " between tokens", between, EVENT);
            } else {
                notJson(name + " between tokens", between);
            }
        }
        rejected("NUL at the end", JSON + "\0", "not JSON: NUL byte");
        rejected("NUL at the beginning", "\0" + JSON, "not JSON: NUL byte");
        accepted("DEL in a string", jsonWith(Event.SOURCE, "\"\u007f\""), withSource("\u007f"));
        accepted("escaped NUL in a string", jsonWith(Event.SOURCE, "\"\\u0000\""), withSource("\0"));
        accepted("C1 control in a string", jsonWith(Event.SOURCE, "\"\u0085\""), withSource("\u0085"));
    }

    private void fieldsPresent() {
        for (String field : List.of(Event.ID, Event.TS, Event.VALUE, Event.SOURCE)) {
            String present = "\"" + field + "\":";
            String missing = field + ": missing";
            rejected("without " + field, JSON.replace(present, "\"x\":"), missing);
            rejected(field + " in upper case", JSON.replace(present, present.toUpperCase()), missing);
            rejected(field + " with a space after it", JSON.replace(present, "\"" + field + " \":"), missing);
            rejected(field + " with a full-width letter", JSON.replace(present, "\"\uff49" + field + "\":"), missing);
            rejected("only nested " + field, JSON.replace(present, "\"x\":{" + present + "1},\"y\":"), missing);
            String field1 = JSON.replaceAll(".*(\"" + field + "\":(\"[^\"]*\"|[0-9.]+)).*", "$1");
            String again = field + ": more than once";
            rejected(field + " twice", "{" + field1 + "," + JSON.substring(1), again);
            rejected(field + " twice, apart", JSON.replace("}", ",\"x\":0," + field1 + "}"), again);
            rejected(field + " again as null", JSON.replace("}", "," + present + "null}"), again);
            String escaped = String.format("\"\\u%04x%s\":", (int) field.charAt(0), field.substring(1));
            rejected(field + " twice, once with an escaped name", JSON.replace("}", "," + escaped + "1}"), again);
            accepted("escaped name of " + field, JSON.replace(present, escaped), EVENT);
        }
        rejected("an empty object twice", "{}{}", "text after the object");
        rejected("first id wrong, second right", "{\"id\":9," + JSON.substring(1), ID_BOUNDS);
    }

    private void fieldTypes() {
        List<String> others = List.of("null", "true", "false", "[]", "{}", "[1]", "{\"id\":1}");
        for (String other : others) {
            rejected("id " + other, jsonWith(Event.ID, other), ID_TYPE);
            rejected("ts " + other, jsonWith(Event.TS, other), "ts: not a string");
            rejected("value " + other, jsonWith(Event.VALUE, other), VALUE_TYPE);
            rejected("source " + other, jsonWith(Event.SOURCE, other), "source: not a string");
        }
        for (String number : List.of("0", "1795350896", "1795350896123", "1795350896.123456", "-1", "1e9")) {
            rejected("ts " + number, jsonWith(Event.TS, number), "ts: not a string");
            rejected("source " + number, jsonWith(Event.SOURCE, number), "source: not a string");
        }
        for (String text : List.of("\"1\"", "\"\"", "\" 1\"", "\"NaN\"", "\"one\"")) {
            rejected("id " + text, jsonWith(Event.ID, text), ID_TYPE);
            rejected("value " + text, jsonWith(Event.VALUE, text), VALUE_TYPE);
        }
    }

    private void ids() {
        for (int id = Event.MIN_ID; id <= Event.MAX_ID; id++) {
            accepted("id " + id, jsonWith(Event.ID, "" + id), withId(id));
        }
        accepted("id -0", jsonWith(Event.ID, "-0"), withId(0));
        for (String id : List.of(
                "-1",
                "5",
                "10",
                "255",
                "2147483647",
                "2147483648",
                "-2147483648",
                "4294967296",
                "4294967297",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551617",
                "-18446744073709551615",
                "100000000000000000000000000000000000000000")) {
            rejected("id " + id, jsonWith(Event.ID, id), ID_BOUNDS);
        }
        for (String id :
                List.of("1.0", "0.0", "1.5", "1e0", "1E0", "10e-1", "-0.0", "1e400", "0.9999999999999999999")) {
            rejected("id " + id, jsonWith(Event.ID, id), ID_TYPE);
        }
    }

    private void timestamps() {
        Map<String, String> accepted = Map.ofEntries(
                Map.entry("2026-11-22T12:34:56Z", "2026-11-22T12:34:56Z"),
                Map.entry("2026-11-22t12:34:56z", "2026-11-22T12:34:56Z"),
                Map.entry("2026-11-22T12:34:56.1Z", "2026-11-22T12:34:56.1Z"),
                Map.entry("2026-11-22T12:34:56.12Z", "2026-11-22T12:34:56.12Z"),
                Map.entry("2026-11-22T12:34:56.123Z", "2026-11-22T12:34:56.123Z"),
                Map.entry("2026-11-22T12:34:56.0001Z", "2026-11-22T12:34:56.0001Z"),
                Map.entry("2026-11-22T12:34:56.00001Z", "2026-11-22T12:34:56.00001Z"),
                Map.entry("2026-11-22T12:34:56.000001Z", "2026-11-22T12:34:56.000001Z"),
                Map.entry("2026-11-22T12:34:56.000000Z", "2026-11-22T12:34:56Z"),
                Map.entry("2026-11-22T12:34:56+00:00", "2026-11-22T12:34:56Z"),
                Map.entry("2026-11-22T12:34:56-00:00", "2026-11-22T12:34:56Z"),
                Map.entry("2026-11-22T12:34:56+05:30", "2026-11-22T07:04:56Z"),
                Map.entry("2026-11-22T12:34:56-03:30", "2026-11-22T16:04:56Z"),
                Map.entry("2026-11-22T12:34:56.5+23:59", "2026-11-21T12:35:56.5Z"),
                Map.entry("2026-11-22T12:34:56-23:59", "2026-11-23T12:33:56Z"),
                Map.entry("2026-11-22T12:34:56+18:01", "2026-11-21T18:33:56Z"),
                Map.entry("2024-02-29T23:59:59.999999Z", "2024-02-29T23:59:59.999999Z"),
                Map.entry("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
                Map.entry("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
                Map.entry("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
                Map.entry("1582-10-10T00:00:00Z", "1582-10-10T00:00:00Z"),
                Map.entry("1899-12-31T00:00:00Z", "1899-12-31T00:00:00Z"),
                Map.entry("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
                Map.entry("0001-01-01T12:00:00+12:00", "0001-01-01T00:00:00Z"),
                Map.entry("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
                Map.entry("9999-12-31T11:59:59-12:00", "9999-12-31T23:59:59Z"),
                Map.entry("2026-11-22\\u005412:34:56Z", "2026-11-22T12:34:56Z"));
        accepted.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(ts -> accepted("ts " + ts.getKey(), ts(ts.getKey()), withTs(ts.getValue())));
        rejectedTs(
                NO_RFC_3339,
                "",
                " ",
                "Z",
                "now",
                "2026-11-22",
                "2026-11-22T12:34",
                "2026-11-22T12:34Z",
                "2026-11-22T12Z",
                "2026-11-22T12:34:56",
                "2026-11-22T12:34:56.123456",
                "2026-11-22 12:34:56Z",
                "2026-11-22_12:34:56Z",
                "2026-11-22T12:34:56,123Z",
                "2026-11-22T12:34:56.Z",
                "2026-11-22T12:34:56.",
                "2026-11-22T12:34:56.1.2Z",
                "2026-11-22T12:34:56.-1Z",
                "2026-11-22T12:34:56.12a456Z",
                "2026-11-22T12:34:56 Z",
                "2026-11-22T12:34:56Z ",
                " 2026-11-22T12:34:56Z",
                "2026-11-22T12:34:56Z\\n",
                "2026-11-22T12:34:56ZZ",
                "2026-11-22T12:34:56Z+00:00",
                "2026-11-22T12:34:56+",
                "2026-11-22T12:34:56+5",
                "2026-11-22T12:34:56+05",
                "2026-11-22T12:34:56+0530",
                "2026-11-22T12:34:56+5:30",
                "2026-11-22T12:34:56+05:3",
                "2026-11-22T12:34:56+05:300",
                "2026-11-22T12:34:56+05:30:00",
                "2026-11-22T12:34:56+24:00",
                "2026-11-22T12:34:56-99:99",
                "2026-11-22T12:34:56+05:60",
                "2026-11-22T12:34:56 05:30",
                "2026-11-22T12:34:56\u221205:30",
                "2026-11-22T12:34:56+0a:30",
                "2026-11-22T12:34:56+05.30",
                "2026-11-22T12:34:56UTC",
                "2026-11-22T12:34:56 UTC",
                "2026-11-22T12:34:56GMT+1",
                "2026-11-22T12:34:56Europe/Berlin",
                "2026-11-22T12:34:56+01:00[Europe/Berlin]",
                "2026-11-22T12:34:56Z[UTC]",
                "2026-11-22T12:34:56A",
                "2026/11/22T12:34:56Z",
                "22-11-2026T12:34:56Z",
                "11/22/2026 12:34:56Z",
                "20261122T123456Z",
                "2026-W47-7T12:34:56Z",
                "2026-326T12:34:56Z",
                "2026-1-22T12:34:56Z",
                "2026-11-2T12:34:56Z",
                "2026-11-22T1:34:56Z",
                "26-11-22T12:34:56Z",
                "02026-11-22T12:34:56Z",
                "+2026-11-22T12:34:56Z",
                "-2026-11-22T12:34:56Z",
                "+12026-11-22T12:34:56Z",
                "10000-01-01T00:00:00Z",
                "2026-11-22T12.34.56Z",
                "2026-11-22T12-34-56Z",
                "2026-1a-22T12:34:56Z",
                "2026-11-22T-1:34:56Z",
                "2026-11-22T12:34:5 Z",
                "Sun, 22 Nov 2026 12:34:56 GMT",
                "1795350896",
                "1795350896.123456789",
                "1795350896123456789012345",
                "\\u0662\\u0660\\u0662\\u0666-11-22T12:34:56Z",
                "\uff12\uff10\uff12\uff16-11-22T12:34:56Z",
                "2026-11-22T12:34:56\\ud83d",
                "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00",
                "0x7EA-11-22T12:34:56Z",
                "null",
                "NaN");
        rejectedTs(
                NO_SUCH_TIME,
                "2026-00-22T12:34:56Z",
                "2026-13-22T12:34:56Z",
                "2026-99-22T12:34:56Z",
                "2026-11-00T12:34:56Z",
                "2026-11-31T12:34:56Z",
                "2026-01-32T12:34:56Z",
                "2026-04-31T12:34:56Z",
                "2026-02-29T12:34:56Z",
                "2024-02-30T12:34:56Z",
                "1900-02-29T12:34:56Z",
                "2026-02-31T12:34:56Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T25:34:56Z",
                "2026-11-22T12:60:56Z",
                "2026-11-22T12:34:60Z",
                "2016-12-31T23:59:60Z",
                "2016-12-31T23:59:60.999999Z",
                "2017-01-01T05:29:60+05:30",
                "2016-12-31T23:59:61Z",
                "2026-11-22T99:99:99Z",
                "0000-00-00T00:00:00Z");
        rejectedTs(
                YEAR,
                "0000-01-01T00:00:00Z",
                "0000-12-31T23:59:59.999999Z",
                "0000-12-31T23:59:59-12:00",
                "0001-01-01T00:00:00+00:01",
                "0001-01-01T11:59:59.999999+12:00",
                "9999-12-31T23:59:59-00:01",
                "9999-12-31T12:00:00-12:00");
        rejectedTs(
                DIGITS,
                "2026-11-22T12:34:56.1234567Z",
                "2026-11-22T12:34:56.1234560Z",
                "2026-11-22T12:34:56.123456789Z",
                "2026-11-22T12:34:56.000000000000000000000000000000Z",
                "2026-11-22T12:34:56.99999999999+01:00",
                "2026-11-22T12:34:56.1234567");
    }

    private void values() {
        Map<String, Double> accepted = Map.ofEntries(
                Map.entry("0", 0.0),
                Map.entry("-0", 0.0),
                Map.entry("-0.0", -0.0),
                Map.entry("-0e5", -0.0),
                Map.entry("0.0", 0.0),
                Map.entry("0e0", 0.0),
                Map.entry("0e999999999", 0.0),
                Map.entry("1", 1.0),
                Map.entry("100", 100.0),
                Map.entry("100.0", 100.0),
                Map.entry("100.000000000000000000000", 100.0),
                Map.entry("99.99999999999999", 99.99999999999999),
                Map.entry("1e2", 100.0),
                Map.entry("1E2", 100.0),
                Map.entry("1e+2", 100.0),
                Map.entry("1E+02", 100.0),
                Map.entry("1e0000000000000000000000000000002", 100.0),
                Map.entry("1000e-1", 100.0),
                Map.entry("0.1", 0.1),
                Map.entry("0.1000000000000000055511151231257827", 0.1),
                Map.entry("4.9e-324", Double.MIN_VALUE),
                Map.entry("2.2250738585072012e-308", Double.MIN_NORMAL),
                Map.entry("1e-400", 0.0),
                Map.entry("1e-99999999999999999999", 0.0),
                Map.entry("49.87600000000000000000000000000000000000001", 49.876));
        accepted.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(value -> accepted(
                        "value " + value.getKey(), jsonWith(Event.VALUE, value.getKey()), withValue(value.getValue())));
        for (String value : List.of(
                "-1",
                // Only the nearest doubles are bounds.
                "-1e-400",
                "100.000000000000001",
                "-0.0000001",
                "-4.9e-324",
                "-1e-300",
                "101",
                "100.0000001",
                "100.00000000000002",
                "1e3",
                "1e308",
                "1.7976931348623157e308",
                "1e309",
                "1e400",
                "-1e400",
                "1e99999999999999999999",
                "-1e99999999999999999999",
                "2147483648",
                "-2147483649",
                "9223372036854775808",
                "-9223372036854775809",
                "340282366920938463463374607431768211456")) {
            rejected("value " + value, jsonWith(Event.VALUE, value), VALUE_BOUNDS);
        }
    }

    private void sources() {
        String smile = "\ud83d\ude00";
        acceptedSource("a", "a");
        acceptedSource(" ", " ");
        acceptedSource("null", "null");
        acceptedSource("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t");
        acceptedSource("\\u0073im", "sim");
        acceptedSource("\\u00E9\\u00e9", "\u00e9\u00e9");
        acceptedSource("\u00e9\u20ac\u4e16", "\u00e9\u20ac\u4e16");
        acceptedSource(smile, smile);
        acceptedSource("\\ud83d\\ude00", smile);
        acceptedSource("\\uD83D\\uDE00", smile);
        acceptedSource("\\udbff\\udfff", "\udbff\udfff");
        acceptedSource("e\u0301", "e\u0301");
        acceptedSource("\ufeff", "\ufeff");
        acceptedSource("\\ufeff", "\ufeff");
        acceptedSource("\u2028\u2029", "\u2028\u2029");
        acceptedSource("\ufffd", "\ufffd");
        acceptedSource("\uffff", "\uffff");
        acceptedSource("\ufdd0", "\ufdd0");
        acceptedSource("\u202egnp.exe", "\u202egnp.exe");
        acceptedSource("'; DROP TABLE events; --", "'; DROP TABLE events; --");
        acceptedSource("../../etc/passwd", "../../etc/passwd");
        acceptedSource("<script>alert(1)</script>", "<script>alert(1)</script>");
        acceptedSource("${jndi:ldap://x}", "${jndi:ldap://x}");
        acceptedSource("=1+1", "=1+1");
        acceptedSource("a".repeat(100), "a".repeat(100));
        acceptedSource("\u4e16".repeat(100), "\u4e16".repeat(100));
        acceptedSource(smile.repeat(100), smile.repeat(100));
        acceptedSource("\\ud83d\\ude00".repeat(100), smile.repeat(100));
        acceptedSource("\\u0000".repeat(100), "\0".repeat(100));

        rejectedSource("", SOURCE_LENGTH);
        rejectedSource("a".repeat(101), SOURCE_LENGTH);
        rejectedSource("e\u0301".repeat(51), SOURCE_LENGTH);
        rejectedSource(smile.repeat(101), SOURCE_LENGTH);
        rejectedSource("\\ud83d\\ude00".repeat(101), SOURCE_LENGTH);
        rejectedSource("\\ud83d", SURROGATE);
        rejectedSource("\\ude00", SURROGATE);
        rejectedSource("\\ude00\\ud83d", SURROGATE);
        rejectedSource("\\ud83d\\ud83d\\ude00", SURROGATE);
        rejectedSource("\\ud83d\\ude00\\ude00", SURROGATE);
        rejectedSource("a\\ud83d", SURROGATE);
        rejectedSource("\\ud83da", SURROGATE);
        rejectedSource("\\ud83d\\u0061", SURROGATE);
        rejectedSource("\\ud83d\\n\\ude00", SURROGATE);
        rejectedSource("\\ud83d" + smile, SURROGATE);
        rejectedSource("\\ud800".repeat(200), SURROGATE);
        notJson("source with an escape cut in the pair", jsonWith(Event.SOURCE, "\"\\ud83d\\ude0\""));
        notJson("source with an escape cut after the backslash", jsonWith(Event.SOURCE, "\"\\ud83d\\\""));
    }

    private void extraFields() {
        for (String extra : List.of(
                "null",
                "true",
                "false",
                "0",
                "-0",
                "-1.5e-10",
                "1e400",
                "123456789012345678901234567890",
                "\"\"",
                "\"x\"",
                "\"\\u0000\"",
                "\"\\ud83d\"",
                "\"\u00e9\ud83d\ude00\"",
                "[]",
                "{}",
                "[[],{}]",
                "[1,\"2\",null,true]",
                "{\"id\":7,\"ts\":0,\"value\":null,\"source\":[]}",
                "{\"id\":1,\"id\":1}",
                "[{\"id\":9}]")) {
            accepted("extra field " + extra, withExtra(extra), EVENT);
        }
        accepted("extra field first", "{\"x\":1," + JSON.substring(1), EVENT);
        accepted("extra field twice", JSON.replace("}", ",\"x\":1,\"x\":2}"), EVENT);
        for (String name :
                List.of("", " ", "ID", "Id", "id ", "idd", "i", "$", "__proto__", "\u00efd", "\\ud83d", "\\u0000")) {
            accepted("extra field named '" + name + "'", JSON.replace("}", ",\"" + name + "\":0}"), EVENT);
        }
        // "Aa" and "BB" have the same hash code, and so has every text made of them.
        accepted("10,000 extra fields", withMany(10_000, i -> "x" + i), EVENT);
        accepted("4,096 extra fields of one hash code", withMany(4096, EventCases::colliding), EVENT);
    }

    private void encodings() {
        String wide = JSON.replace("sim", "\u00e9");
        accepted(
                "UTF-8 with two, three and four bytes",
                JSON.replace("sim-producer", "\u00e9\u20ac\ud83d\ude00"),
                withSource("\u00e9\u20ac\ud83d\ude00"));
        rejected("UTF-8 with byte order mark", "\ufeff" + JSON, "not JSON: byte order mark");
        rejected("a byte order mark alone", "\ufeff", "not JSON: byte order mark");
        rejected("two byte order marks", "\ufeff\ufeff" + JSON, "not JSON: byte order mark");
        notJson("a byte order mark after a space", " \ufeff" + JSON);
        notJson("a byte order mark at the end", JSON + "\ufeff");
        rejected("UTF-16 little endian", JSON.getBytes(UTF_16LE), "not JSON: NUL byte");
        rejected("UTF-16 big endian", JSON.getBytes(UTF_16BE), "not JSON: NUL byte");
        rejected("UTF-16 with byte order mark", JSON.getBytes(UTF_16), "not UTF-8");
        rejected("UTF-16 little endian with byte order mark", ("\ufeff" + JSON).getBytes(UTF_16LE), "not UTF-8");
        rejected("UTF-16 little endian beyond ASCII", wide.getBytes(UTF_16LE), "not UTF-8");
        rejected("UTF-32 little endian", JSON.getBytes(Charset.forName("UTF-32LE")), "not JSON: NUL byte");
        rejected("UTF-32 big endian", JSON.getBytes(Charset.forName("UTF-32BE")), "not JSON: NUL byte");
        rejected("UTF-32 with byte order mark", ("\ufeff" + JSON).getBytes(Charset.forName("UTF-32BE")), "not UTF-8");
        rejected("Latin-1", wide.getBytes(ISO_8859_1), "not UTF-8");
        rejected("EBCDIC", JSON.getBytes(Charset.forName("IBM037")), "not UTF-8");
        notJson("UTF-7", "+AHsAIg-id+ACI:1}");
        notJson("Base64", "eyJpZCI6MX0=");
        rejected("gzip", hex("1f8b0800000000000003ab56ca4c51b232ac0500"), "not UTF-8");
        rejected("zstd", hex("28b52ffd0400"), "not UTF-8");
        rejected("MessagePack", hex("81a2696401"), "not UTF-8");
        rejected("Avro with schema id", hex("000000000102"), "not JSON: NUL byte");
        notJson("Protocol Buffers", hex("08011a0c73696d2d70726f6475636572"));
        rejected("a serialized Java object", hex("aced00057400"), "not UTF-8");
        Map<String, String> malformed = Map.ofEntries(
                Map.entry("a continuation byte alone", "80"),
                Map.entry("the last continuation byte alone", "bf"),
                Map.entry("an overlong NUL", "c080"),
                Map.entry("an overlong slash", "c0af"),
                Map.entry("an overlong slash of three bytes", "e080af"),
                Map.entry("an overlong slash of four bytes", "f08080af"),
                Map.entry("an overlong DEL", "c1bf"),
                Map.entry("two of three bytes", "e282"),
                Map.entry("one of two bytes", "c3"),
                Map.entry("three of four bytes", "f09f98"),
                Map.entry("a high surrogate", "eda0bd"),
                Map.entry("a low surrogate", "edb880"),
                Map.entry("a surrogate pair, as in CESU-8", "eda0bdedb880"),
                Map.entry("a code point past U+10FFFF", "f4908080"),
                Map.entry("a lead byte of five", "f888808080"),
                Map.entry("a lead byte of six", "fc8480808080"),
                Map.entry("FE", "fe"),
                Map.entry("FF", "ff"));
        malformed.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(bytes -> {
            rejected(bytes.getKey() + " in the source", around("\"source\":\"", bytes.getValue()), "not UTF-8");
            rejected(bytes.getKey() + " before all", around("", bytes.getValue()), "not UTF-8");
        });
        rejected("a bad byte in an extra field", around("\"x\":\"", "ff"), "not UTF-8");
        rejected("a bad byte in a field name", around("{\"", "ff"), "not UTF-8");
        rejected("a bad byte at the end", around("}", "ff"), "not UTF-8");
    }

    private void depths() {
        accepted("99 arrays in an event", withExtra("[".repeat(99) + "]".repeat(99)), EVENT);
        accepted("99 objects in an event", withExtra("{\"a\":".repeat(99) + "1" + "}".repeat(99)), EVENT);
        for (int depth : new int[] {100, 101, 1000, 10_000, 100_000}) {
            notJson(depth + " arrays in an event", withExtra("[".repeat(depth) + "]".repeat(depth)));
            notJson(depth + " objects in an event", withExtra("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
        }
        notJson("10,000 open arrays in an event", withExtra("[".repeat(10_000)));
        notJson("10,000 open objects", "{\"a\":".repeat(10_000));
        notJson("10,000 arrays and objects in turn", withExtra("[{\"a\":".repeat(5000) + "1" + "}]".repeat(5000)));
        rejected("10,000 arrays", "[".repeat(10_000) + "]".repeat(10_000), "not a JSON object");
        rejected("id of 10,000 arrays", jsonWith(Event.ID, "[".repeat(10_000)), ID_TYPE);
        rejected("source of 10,000 objects", jsonWith(Event.SOURCE, "{\"a\":".repeat(10_000)), "source: not a string");
    }

    private void sizes() {
        for (int size : new int[] {1_000_000, 1 << 20, 3 << 20}) {
            String x = "x".repeat(size);
            accepted(size + " bytes of extra text", withExtra("\"" + x + "\""), EVENT);
            accepted(size + " bytes of extra name", JSON.replace("}", ",\"" + x + "\":1}"), EVENT);
            accepted(size + " extra digits", withExtra("1".repeat(size)), EVENT);
            accepted(size + " spaces", JSON + " ".repeat(size), EVENT);
            rejected(size + " bytes of source", jsonWith(Event.SOURCE, "\"" + x + "\""), SOURCE_LENGTH);
            rejected(size + " bytes of ts", ts(x), NO_RFC_3339);
            notJson(size + " bytes of text", x);
            rejected(size + " zero bytes", new byte[size], "not JSON: NUL byte");
        }
        String digits = "0".repeat(1_000_000);
        accepted("value with a million fraction digits", jsonWith(Event.VALUE, "49.876" + digits), EVENT);
        accepted("value 1e-1 with a million zeros", jsonWith(Event.VALUE, "1e-" + digits + "1"), withValue(0.1));
        rejected("value with a million digits", jsonWith(Event.VALUE, "1" + digits), VALUE_BOUNDS);
        rejected("id with a million digits", jsonWith(Event.ID, "1" + digits), ID_BOUNDS);
        rejected("ts with a million fraction digits", ts("2026-11-22T12:34:56." + digits + "Z"), DIGITS);
        accepted("a million bytes of two-byte text", withExtra("\"" + "\u00e9".repeat(500_000) + "\""), EVENT);
    }

    private void accepted(String name, String json, Event event) {
        cases.add(EventCase.accepted(name, json.getBytes(UTF_8), event));
    }

    private void rejected(String name, String json, String reason) {
        rejected(name, json.getBytes(UTF_8), reason);
    }

    private void rejected(String name, byte[] json, String reason) {
        cases.add(EventCase.rejected(name, json, reason));
    }

    private void notJson(String name, String json) {
        notJson(name, json.getBytes(UTF_8));
    }

    private void notJson(String name, byte[] json) {
        cases.add(EventCase.notJson(name, json));
    }

    private void rejectedTs(String reason, String... texts) {
        for (String text : texts) {
            rejected("ts '" + text + "'", ts(text), reason);
        }
    }

    private void acceptedSource(String escaped, String source) {
        accepted("source '" + brief(escaped) + "'", jsonWith(Event.SOURCE, "\"" + escaped + "\""), withSource(source));
    }

    private void rejectedSource(String escaped, String reason) {
        rejected("source '" + brief(escaped) + "'", jsonWith(Event.SOURCE, "\"" + escaped + "\""), reason);
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 12) + "… of " + text.length();
    }

    private static String ts(String text) {
        return jsonWith(Event.TS, "\"" + text + "\"");
    }

    private static String withExtra(String json) {
        return JSON.replace("}", ",\"extra\":" + json + "}");
    }

    private static String withMany(int count, Function<Integer, String> name) {
        StringBuilder json = new StringBuilder(JSON.substring(0, JSON.length() - 1));
        for (int i = 0; i < count; i++) {
            json.append(",\"").append(name.apply(i)).append("\":").append(i);
        }
        return json.append('}').toString();
    }

    private static String colliding(int i) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
            name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    /** Returns an event with these bytes after the given text; {@code "x"} is a field that may hold any value. */
    private static byte[] around(String before, String hexBytes) {
        String json = JSON.replace("}", ",\"x\":\"\"}");
        int at = json.indexOf(before) + before.length();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(json.substring(0, at).getBytes(UTF_8));
        bytes.writeBytes(hex(hexBytes));
        bytes.writeBytes(json.substring(at).getBytes(UTF_8));
        return bytes.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static Event withId(int id) {
        return new Event(id, EVENT.ts(), EVENT.value(), EVENT.source());
    }

    private static Event withTs(String ts) {
        return new Event(EVENT.id(), Instant.parse(ts), EVENT.value(), EVENT.source());
    }

    private static Event withValue(double value) {
        return new Event(EVENT.id(), EVENT.ts(), value, EVENT.source());
    }

    private static Event withSource(String source) {
        return new Event(EVENT.id(), EVENT.ts(), EVENT.value(), source);
    }
}

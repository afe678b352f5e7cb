package pipeline.events.schema.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static pipeline.events.SampleEvents.anyEvent;
import static pipeline.events.SampleEvents.jsonWith;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.Event;
import pipeline.events.EventCase;
import pipeline.events.EventCases;
import pipeline.events.GoldenMessages;
import pipeline.events.ReferenceDecoder;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.file.SchemaFile;

/** The decoder made from the built-in schema says what is expected, and what {@link ReferenceDecoder} says. */
class BuiltInEventTest {
    static List<EventCase> cases() {
        return EventCases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void acceptsOrRejectsWithTheReason(EventCase odd) throws Exception {
        if (odd.expected() instanceof EventCase.Accepted accepted) {
            assertThat(BuiltInDecoder.decode(odd.bytes())).isEqualTo(accepted.event());
        } else if (odd.expected() instanceof EventCase.Rejected rejected) {
            assertThat(reason(odd.bytes())).matches(rejected::matches, "is or begins with " + rejected.reason());
        }
    }

    @Test
    void saysWhatWasRecorded() throws IOException {
        assertThat(GoldenMessages.values().stream().map(BuiltInEventTest::verdict))
                .containsExactlyElementsOf(GoldenMessages.verdicts());
    }

    @Test
    void saysWhatTheReferenceSaysOfRandomEvents() {
        compare(20_000);
    }

    @Test
    @Tag("long")
    void saysWhatTheReferenceSaysOfAMillionRandomEvents() {
        compare(1_000_000);
    }

    private void compare(int events) {
        Random random = new Random(17);
        RandomEvent next = new RandomEvent(random);
        RandomDamage damage = new RandomDamage(random);
        ObjectType type = SchemaFile.builtIn().event();
        int accepted = 0;
        for (int i = 0; i < events; i++) {
            byte[] event = next.next(type).getBytes(UTF_8);
            byte[] json = random.nextInt(3) == 0 ? damage.damaged(event) : event;
            String expected = verdictOfReference(json);
            accepted += expected.startsWith("accepted: ") ? 1 : 0;
            assertThat(verdict(json)).as(() -> new String(json, UTF_8)).isEqualTo(expected);
        }
        assertThat(accepted).isGreaterThan(events / 4);
    }

    @Test
    void namesItsRoles() {
        assertThat(SchemaFile.builtIn().roles())
                .extracting("group", "time", "value")
                .containsExactly(Event.ID, Event.TS, Event.VALUE);
        assertThat(SchemaFile.builtIn().roles().partition())
                .extracting("column")
                .containsExactly(Event.ID);
    }

    @Test
    void coversAtLeast300UnusualValues() {
        List<EventCase> cases = EventCases.all();

        assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
        assertThat(cases).extracting(EventCase::name).doesNotHaveDuplicates();
        assertThat(cases.stream().filter(odd -> odd.expected() instanceof EventCase.Accepted))
                .hasSizeGreaterThan(100);
    }

    @Test
    void readsNumbersOfAnyLengthLikeJava() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String digits = new BigInteger(random.nextInt(1, 200), random).toString();
            String number = random.nextInt(100) + "." + "0".repeat(random.nextInt(20)) + digits;
            byte[] json = jsonWith("value", number).getBytes(UTF_8);

            assertThat(BuiltInDecoder.decode(json).value()).as(number).isEqualTo(Double.parseDouble(number));
        }
    }

    @Test
    void sampleJsonIsTheSampleEvent() throws Exception {
        assertThat(BuiltInDecoder.decode(jsonWith("", "").getBytes(UTF_8))).isEqualTo(anyEvent());
    }

    @Test
    void rejectsEventWithoutId() {
        byte[] json = "{\"ts\":\"2026-11-22T12:34:56Z\",\"value\":1,\"source\":\"a\"}".getBytes(UTF_8);

        assertThatThrownBy(() -> BuiltInDecoder.decode(json))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("id: missing");
    }

    @Test
    void saysAtWhichCharacterTheTextStopsBeingJson() {
        assertThat(reason("{\"x\":\"\u00e9\",\"id\":tru}".getBytes(UTF_8)))
                .startsWith("not JSON: Unrecognized token 'tru'")
                .endsWith(" at character 17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "{\"id\":1", "{\"x\":[1}"})
    void reasonSaysNothingOfTheParser(String json) {
        assertThat(reason(json.getBytes(UTF_8))).matches("not JSON: [^()]+ at character \\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"secret\":1", "{\"secret\":1}}", "{\"secret\":[1}"})
    void reasonDoesNotRepeatTheValue(String json) {
        assertThat(reason(json.getBytes(UTF_8))).startsWith("not JSON: ").doesNotContain("secret");
    }

    @Test
    void reasonIsOneShortLine() {
        for (EventCase odd : EventCases.all()) {
            if (odd.expected() instanceof EventCase.Rejected) {
                assertThat(reason(odd.bytes()))
                        .as(odd.name())
                        .hasSizeBetween(5, 600)
                        .doesNotContain("\n", "\r");
            }
        }
    }

    @Test
    void rejectionHasNoStackTrace() {
        assertThat(catchThrowable(() -> BuiltInDecoder.decode(null)).getStackTrace())
                .isEmpty();
    }

    private static String reason(byte[] json) {
        Throwable thrown = catchThrowable(() -> BuiltInDecoder.decode(json));
        assertThat(thrown).isInstanceOf(RejectedEventException.class);
        return thrown.getMessage();
    }

    private static String verdict(byte[] json) {
        try {
            return GoldenMessages.accepted(BuiltInDecoder.decode(json));
        } catch (RejectedEventException e) {
            return e.getMessage();
        }
    }

    private static String verdictOfReference(byte[] json) {
        try {
            return GoldenMessages.accepted(ReferenceDecoder.decode(json));
        } catch (RejectedEventException e) {
            return e.getMessage();
        }
    }
}

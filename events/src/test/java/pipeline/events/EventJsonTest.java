package pipeline.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static pipeline.events.SampleEvents.anyEvent;
import static pipeline.events.SampleEvents.jsonWith;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

    static List<EventCase> cases() {
        return EventCases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void acceptsOrRejectsWithTheReason(EventCase odd) throws Exception {
        if (odd.expected() instanceof EventCase.Accepted accepted) {
            assertThat(EventJson.decode(odd.bytes())).isEqualTo(accepted.event());
        } else if (odd.expected() instanceof EventCase.Rejected rejected) {
            assertThat(reason(odd.bytes())).matches(rejected::matches, "is or begins with " + rejected.reason());
        }
    }

    @Test
    void coversAtLeast300UnusualValues() {
        List<EventCase> cases = EventCases.all();

        assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
        assertThat(cases).extracting(EventCase::name).doesNotHaveDuplicates();
        assertThat(cases.stream().filter(odd -> odd.expected() instanceof EventCase.Accepted))
                .hasSizeGreaterThan(100);
    }

    static Stream<Event> validEvents() {
        return Stream.of(
                anyEvent(),
                anyEvent(0, 0.0),
                anyEvent(4, 100.0),
                anyEvent(2, Double.MIN_VALUE),
                anyEvent(2, 1.0 / 3),
                new Event(3, Instant.parse("0001-01-01T00:00:00Z"), 1, "\0\"\\\n\u00e9\ud83d\ude00"),
                new Event(3, Instant.parse("9999-12-31T23:59:59.999999Z"), 1, "\ud83d\ude00".repeat(100)),
                new Event(3, Instant.parse("1969-12-31T23:59:59.999999Z"), 1, " "));
    }

    @ParameterizedTest
    @MethodSource("validEvents")
    void decodesWhatItEncodes(Event event) throws Exception {
        assertThat(EventJson.decode(EventJson.encode(event))).isEqualTo(event);
    }

    @Test
    void readsNumbersOfAnyLengthLikeJava() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String digits = new BigInteger(random.nextInt(1, 200), random).toString();
            String number = random.nextInt(100) + "." + "0".repeat(random.nextInt(20)) + digits;
            byte[] json = jsonWith("value", number).getBytes(UTF_8);

            assertThat(EventJson.decode(json).value()).as(number).isEqualTo(Double.parseDouble(number));
        }
    }

    @Test
    void encodesAsDocumented() {
        Event event = new Event(1, Instant.parse("2026-11-22T12:34:56.123456Z"), 49.9, "sim-producer");

        assertThat(EventJson.encode(event))
                .asString(UTF_8)
                .isEqualTo(
                        "{\"id\":1,\"ts\":\"2026-11-22T12:34:56.123456Z\",\"value\":49.9,\"source\":\"sim-producer\"}");
    }

    @Test
    void sampleJsonIsTheSampleEvent() throws Exception {
        assertThat(EventJson.decode(jsonWith("", "").getBytes(UTF_8))).isEqualTo(anyEvent());
    }

    @Test
    void rejectsEventWithoutId() {
        byte[] json = "{\"ts\":\"2026-11-22T12:34:56Z\",\"value\":1,\"source\":\"a\"}".getBytes(UTF_8);

        assertThatThrownBy(() -> EventJson.decode(json))
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
        assertThat(catchThrowable(() -> EventJson.decode(null)).getStackTrace()).isEmpty();
    }

    private static String reason(byte[] json) {
        Throwable thrown = catchThrowable(() -> EventJson.decode(json));
        assertThat(thrown).isInstanceOf(RejectedEventException.class);
        return thrown.getMessage();
    }
}

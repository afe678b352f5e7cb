package pipeline.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pipeline.events.SampleEvents.anyEvent;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pipeline.events.schema.decode.BuiltInDecoder;

class EventJsonTest {

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
        assertThat(BuiltInDecoder.decode(EventJson.encode(event))).isEqualTo(event);
    }

    @Test
    void encodesAsDocumented() {
        Event event = new Event(1, Instant.parse("2026-11-22T12:34:56.123456Z"), 49.9, "sim-producer");

        assertThat(EventJson.encode(event))
                .asString(UTF_8)
                .isEqualTo(
                        "{\"id\":1,\"ts\":\"2026-11-22T12:34:56.123456Z\",\"value\":49.9,\"source\":\"sim-producer\"}");
    }
}

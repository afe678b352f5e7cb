package pipeline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.temporal.ChronoUnit;
import pipeline.events.schema.decode.BuiltInDecoder;

/**
 * Checks the values in {@code EventJsonFuzzTestInputs}. With {@code JAZZER_FUZZ=1} it searches for new ones, and adds each
 * failing value to that folder.
 */
class EventJsonFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void rejectsOrReturnsAnEventInBounds(byte[] json) throws Exception {
        Event event;
        try {
            event = BuiltInDecoder.decode(json);
        } catch (RejectedEventException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThatThrownBy(() -> ReferenceDecoder.decode(json)).hasMessage(e.getMessage());
            return;
        }
        assertThat(ReferenceDecoder.decode(json)).isEqualTo(event);
        assertThat(event.id()).isBetween(0, 4);
        // Not isBetween, for which -0.0 is below 0.
        assertThat(event.value() >= 0 && event.value() <= 100).isTrue();
        assertThat(event.source().codePoints().count()).isBetween(1L, 100L);
        assertThat(event.source().codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF))
                .isEmpty();
        assertThat(event.ts()).isEqualTo(event.ts().truncatedTo(ChronoUnit.MICROS));
        assertThat(event.ts().toString()).hasSizeLessThanOrEqualTo("2026-11-22T12:34:56.123456Z".length());
        assertThat(BuiltInDecoder.decode(EventJson.encode(event))).isEqualTo(event);
    }
}

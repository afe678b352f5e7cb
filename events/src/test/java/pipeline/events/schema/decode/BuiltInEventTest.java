package pipeline.events.schema.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pipeline.events.Event;
import pipeline.events.EventCase;
import pipeline.events.EventCases;
import pipeline.events.EventJson;
import pipeline.events.GoldenMessages;
import pipeline.events.RejectedEventException;
import pipeline.events.SampleEvents;
import pipeline.events.schema.file.SchemaFile;

/** The built-in schema says what {@link EventJson} says, except of numbers of which only the nearest double is a bound. */
class BuiltInEventTest {
    private static final String BEYOND = "value: not in 0 to 100";
    private static final List<String> ONLY_THE_DOUBLE_IS_A_BOUND = List.of("100.000000000000001", "-1e-400");

    private final EventDecoder decoder = new EventDecoder(SchemaFile.builtIn(), new TestValues());

    static List<EventCase> cases() {
        return EventCases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void saysWhatEventJsonSaysOfUnusualValues(EventCase odd) {
        boolean isBeyond = ONLY_THE_DOUBLE_IS_A_BOUND.stream()
                .anyMatch(number -> odd.name().equals("value " + number));

        assertThat(verdict(odd.bytes())).isEqualTo(isBeyond ? BEYOND : verdictOfEventJson(odd.bytes()));
    }

    @Test
    void saysWhatWasRecorded() throws IOException {
        List<byte[]> values = GoldenMessages.values();
        List<String> recorded = GoldenMessages.verdicts();
        int differences = 0;
        for (int i = 0; i < recorded.size(); i++) {
            String verdict = verdict(values.get(i));
            // It may also be found before what was wrong otherwise.
            if (verdict.equals(BEYOND) && isBeyond(values.get(i))) {
                differences++;
            } else {
                assertThat(verdict).as("value %d", i).isEqualTo(recorded.get(i));
            }
        }
        assertThat(differences).isBetween(1, 50);
    }

    private static boolean isBeyond(byte[] json) {
        String text = new String(json, UTF_8);
        return ONLY_THE_DOUBLE_IS_A_BOUND.stream().anyMatch(text::contains);
    }

    @Test
    void idIsAnIntegerOf32Bits() throws Exception {
        assertThat(decoder.decode(SampleEvents.jsonWith("", "").getBytes(UTF_8)))
                .containsExactly(1, 1_795_350_896_123_456L, 49.876, "sim-producer");
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

    private String verdict(byte[] json) {
        try {
            Object[] row = decoder.decode(json);
            Instant ts = Instant.EPOCH.plus((long) row[1], ChronoUnit.MICROS);
            return GoldenMessages.accepted(new Event((int) row[0], ts, (double) row[2], (String) row[3]));
        } catch (RejectedEventException e) {
            return e.getMessage();
        }
    }

    private static String verdictOfEventJson(byte[] json) {
        try {
            return GoldenMessages.accepted(EventJson.decode(json));
        } catch (RejectedEventException e) {
            return e.getMessage();
        }
    }
}

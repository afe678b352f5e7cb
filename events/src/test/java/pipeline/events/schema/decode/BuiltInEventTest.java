package pipeline.events.schema.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
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
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.file.SchemaFile;

/** The built-in schema says what {@link EventJson} says, except of numbers of which only the nearest double is a bound. */
class BuiltInEventTest {
    private static final String BEYOND = "value: not in 0 to 100";
    private static final List<String> ONLY_THE_DOUBLE_IS_A_BOUND = List.of("100.000000000000001", "-1e-400");

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

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

    @Test
    void saysWhatEventJsonSaysOfRandomEvents() {
        compare(20_000);
    }

    @Test
    @Tag("long")
    void saysWhatEventJsonSaysOfAMillionRandomEvents() {
        compare(1_000_000);
    }

    private void compare(int events) {
        Random random = new Random(17);
        RandomEvent next = new RandomEvent(random);
        RandomDamage damage = new RandomDamage(random);
        ObjectType type = SchemaFile.builtIn().event();
        int accepted = 0;
        int differences = 0;
        for (int i = 0; i < events; i++) {
            byte[] event = next.next(type).getBytes(UTF_8);
            byte[] json = random.nextInt(3) == 0 ? damage.damaged(event) : event;
            String verdict = verdict(json);
            String expected = verdictOfEventJson(json);
            accepted += expected.startsWith("accepted: ") ? 1 : 0;
            if (verdict.equals(BEYOND) && !expected.equals(BEYOND) && onlyTheDoubleIsInBounds(json)) {
                differences++;
            } else {
                assertThat(verdict).as(() -> new String(json, UTF_8)).isEqualTo(expected);
            }
        }
        assertThat(accepted).isGreaterThan(events / 4);
        assertThat(differences).isBetween(1, events / 20);
    }

    private static boolean onlyTheDoubleIsInBounds(byte[] json) {
        return NUMBER.matcher(new String(json, UTF_8)).results().anyMatch(number -> {
            double nearest = Double.parseDouble(number.group());
            boolean isBelow = nearest == Event.MIN_VALUE && number.group().matches("-[0.]*[1-9].*");
            return isBelow
                    || (nearest == Event.MAX_VALUE
                            && new BigDecimal(number.group()).compareTo(BigDecimal.valueOf(Event.MAX_VALUE)) > 0);
        });
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

package pipeline.producer.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pipeline.events.Event;
import pipeline.events.ReferenceDecoder;
import pipeline.events.schema.sample.KeyedEvent;

class BuiltInEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:34:56.123456789Z");

    @Test
    void makesTheSameEventsFromTheSameSeed() {
        assertThat(events(7, 100)).isEqualTo(events(7, 100)).isNotEqualTo(events(8, 100));
    }

    @Test
    void spreadsIdsEvenly() {
        Map<Integer, Long> perId = events(1, 50_000).stream()
                .map(Event::id)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(perId.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(perId.values()).allSatisfy(count -> assertThat(count).isCloseTo(10_000L, within(500L)));
    }

    @Test
    void spreadsValuesEvenly() {
        Map<Integer, Long> perTenth = events(1, 50_000).stream()
                .collect(Collectors.groupingBy(event -> (int) (event.value() / 10), Collectors.counting()));

        assertThat(perTenth.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(perTenth.values()).allSatisfy(count -> assertThat(count).isCloseTo(5_000L, within(400L)));
    }

    @Test
    void haveTheTimeInMicroseconds() {
        assertThat(events(1, 1).get(0).ts()).isEqualTo(Instant.parse("2026-11-22T12:34:56.123456Z"));
    }

    @Test
    void areAcceptedByReadersAndHaveTheIdAsKey() throws Exception {
        BuiltInEvents events = new BuiltInEvents(new SplittableRandom(1));
        for (Event event : events(1, 1_000)) {
            KeyedEvent sent = events.next(NOW);

            assertThat(ReferenceDecoder.decode(sent.json())).isEqualTo(event);
            assertThat(sent.key()).isEqualTo(Integer.toString(event.id()));
            assertThat(event.source()).isEqualTo("sim-producer");
        }
    }

    private static List<Event> events(long seed, int count) {
        BuiltInEvents events = new BuiltInEvents(new SplittableRandom(seed));
        return Stream.generate(() -> events.event(NOW)).limit(count).toList();
    }
}

package pipeline.validator.dataset.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void passesOnAllResultsInOrderAndHoldsAtMostOneSlice() {
        List<Integer> items = IntStream.range(0, 3 * Workers.SLICE + 7).boxed().toList();
        List<Integer> results = new ArrayList<>();
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Workers workers = new Workers()) {
            workers.forEach(
                    items,
                    item -> {
                        most.accumulateAndGet(held.incrementAndGet(), Math::max);
                        return item;
                    },
                    result -> {
                        held.decrementAndGet();
                        results.add(result);
                    });
        }

        assertThat(results).isEqualTo(items);
        assertThat(most.get()).isBetween(1, Workers.SLICE);
    }
}

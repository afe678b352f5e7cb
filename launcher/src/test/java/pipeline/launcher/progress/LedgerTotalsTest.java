package pipeline.launcher.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTotalsTest {
    @Test
    void lagsByWhatKafkaHasAfterTheLedger() {
        LedgerTotals totals = new LedgerTotals(1, 10, 0, 0, 0, Map.of(0, 10L, 1, 0L));

        assertThat(totals.lag(Map.of(0, 0L, 1, 0L), Map.of(0, 12L, 1, 3L))).isEqualTo(5);
    }

    @Test
    void countsAPartitionThatItDoesNotHaveFromItsFirstOffset() {
        assertThat(LedgerTotals.NONE.lag(Map.of(0, 100L), Map.of(0, 150L))).isEqualTo(50);
    }

    @Test
    void countsAPartitionThatWasAddedLaterFromItsFirstOffset() {
        LedgerTotals totals = new LedgerTotals(1, 10, 0, 0, 0, Map.of(0, 110L));

        assertThat(totals.lag(Map.of(0, 100L, 1, 7L), Map.of(0, 112L, 1, 10L))).isEqualTo(2 + 3);
    }
}

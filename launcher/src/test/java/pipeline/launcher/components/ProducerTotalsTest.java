package pipeline.launcher.components;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProducerTotalsTest {
    @Test
    void readsTheProducersLastLine() {
        String line = "15:16:54 INFO  Producer stopped. sent=5000, acked=4990, failed=10, skipped=3";

        assertThat(ProducerTotals.parse(line)).contains(new ProducerTotals(5000, 4990, 10, 3));
        assertThat(line).contains(ProducerTotals.MARK);
    }

    @Test
    void ignoresOtherLines() {
        assertThat(ProducerTotals.parse("producer stopped in 0.205s")).isEmpty();
    }
}

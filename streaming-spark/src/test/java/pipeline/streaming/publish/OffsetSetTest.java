package pipeline.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.events.offsets.OffsetRange;

class OffsetSetTest {
    private static final Map<Integer, OffsetRange> RANGES =
            Map.of(0, new OffsetRange(100, 110), 1, new OffsetRange(1L << 40, (1L << 40) + 3));

    private final OffsetSet set = new OffsetSet(RANGES);

    @Test
    void takesEachOffsetOfTheRangesOnce() {
        assertThat(set.add(0, 100)).isTrue();
        assertThat(set.add(0, 100)).isFalse();
        assertThat(set.add(1, 1L << 40)).isTrue();
        assertThat(set.add(0, 99)).isFalse();
        assertThat(set.add(0, 110)).isFalse();
        assertThat(set.add(2, 100)).isFalse();
        assertThat(set.size()).isEqualTo(2);
    }

    @Test
    void namesTheRangesThatItDoesNotHave() {
        for (long offset : new long[] {101, 102, 105, 109}) {
            set.add(0, offset);
        }
        for (int i = 0; i < 3; i++) {
            set.add(1, (1L << 40) + i);
        }

        assertThat(set.missing())
                .isEqualTo(Map.of(
                        0, List.of(new OffsetRange(100, 101), new OffsetRange(103, 105), new OffsetRange(106, 109))));
    }

    @Test
    void namesTheFirstOffsetThatAnotherSetDoesNotHave() {
        OffsetSet other = new OffsetSet(RANGES);
        set.add(0, 103);
        set.add(1, (1L << 40) + 2);
        other.add(0, 103);
        other.add(0, 104);

        assertThat(set.firstNotIn(other)).hasValue("partition 1 offset 1099511627778");
        other.add(1, (1L << 40) + 2);
        assertThat(set.firstNotIn(other)).isEmpty();
    }
}

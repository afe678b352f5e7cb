package pipeline.validator.dataset.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OffsetSetTest {
    private final OffsetSet set = new OffsetSet();

    private List<Long> missing(long from, long until) {
        List<Long> missing = new ArrayList<>();
        set.forEachMissing(
                from, until, (start, end) -> LongStream.range(start, end).forEach(missing::add));
        return missing;
    }

    @Test
    void reportsWhatItAlreadyHas() {
        assertThat(set.add(70_000)).isTrue();
        assertThat(set.add(5)).isTrue();
        assertThat(set.add(70_000)).isFalse();
        assertThat(set.add(70_001)).isTrue();
    }

    @Test
    void namesWhatIsMissingAcrossChunks() {
        set.add(65_535);
        set.add(65_537);
        set.add(300_000_000_000L);

        assertThat(missing(65_534, 65_539)).containsExactly(65_534L, 65_536L, 65_538L);
        assertThat(missing(299_999_999_999L, 300_000_000_001L)).containsExactly(299_999_999_999L);
        assertThat(missing(131_072, 131_074)).containsExactly(131_072L, 131_073L);
    }

    @Test
    void knowsItsBounds() {
        set.add(70_000);
        set.add(65_540);
        set.add(200_000);

        assertThat(set.first()).isEqualTo(65_540);
        assertThat(set.last()).isEqualTo(200_000);
    }
}

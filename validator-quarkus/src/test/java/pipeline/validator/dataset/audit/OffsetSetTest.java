package pipeline.validator.dataset.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OffsetSetTest {
    private final OffsetSet set = new OffsetSet();
    private final List<String> twice = new ArrayList<>();

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

    @Test
    void keepsOnlyRangesOfCompleteChunks() {
        for (long offset = 0; offset < 200_000; offset++) {
            assertThat(set.add(offset)).isTrue();
        }

        assertThat(set.add(0)).isFalse();
        assertThat(set.add(65_536)).isFalse();
        assertThat(set.add(199_999)).isFalse();
        assertThat(missing(-2, 200_002)).containsExactly(-2L, -1L, 200_000L, 200_001L);
        assertThat(set.first()).isZero();
        assertThat(set.last()).isEqualTo(199_999);
    }

    @Test
    void takesThreeBillionOffsetsAsARange() {
        set.add(70_000);
        set.addRange(10, 1_500_000_000, this::noteTwice);
        set.addRange(1_500_000_000, 3_000_000_000L, this::noteTwice);

        assertThat(twice).containsExactly("70000 to 70001");
        assertThat(missing(9, 3_000_000_002L)).containsExactly(9L, 3_000_000_000L, 3_000_000_001L);
        assertThat(set.add(2_999_999_999L)).isFalse();
        assertThat(set.add(3_000_000_000L)).isTrue();
        assertThat(set.add(9)).isTrue();
        assertThat(missing(0, 3_000_000_001L)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(set.first()).isEqualTo(9);
        assertThat(set.last()).isEqualTo(3_000_000_000L);
    }

    @Test
    void passesOnWhichPartsOfARangeItAlreadyHas() {
        set.addRange(5, 8, this::noteTwice);
        set.add(10);
        set.addRange(200_000, 300_000, this::noteTwice);
        set.addRange(0, 250_000, this::noteTwice);
        set.addRange(7, 7, this::noteTwice);

        assertThat(twice).containsExactly("5 to 8", "10 to 11", "200000 to 250000");
        assertThat(missing(0, 300_001)).containsExactly(300_000L);
    }

    @Test
    void takesTheHighestAndTheLowestOffset() {
        set.add(Long.MAX_VALUE - 1);
        set.add(Long.MIN_VALUE);
        set.addRange(Long.MAX_VALUE - 70_000, Long.MAX_VALUE, this::noteTwice);

        assertThat(twice).containsExactly((Long.MAX_VALUE - 1) + " to " + Long.MAX_VALUE);
        assertThat(set.first()).isEqualTo(Long.MIN_VALUE);
        assertThat(set.last()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(missing(Long.MAX_VALUE - 70_001, Long.MAX_VALUE)).containsExactly(Long.MAX_VALUE - 70_001);
    }

    private void noteTwice(long from, long until) {
        twice.add(from + " to " + until);
    }

    /** Compares it with a plain set of single offsets. */
    @Test
    void agreesWithAPlainSet() {
        Random random = new Random(7);
        SortedSet<Long> expected = new TreeSet<>();
        for (int i = 0; i < 2_000; i++) {
            long from = random.nextInt(200_000);
            if (random.nextInt(10) == 0) {
                long until = from + random.nextInt(5_000);
                long[] again = {0};
                set.addRange(from, until, (start, end) -> again[0] += end - start);
                long before = expected.size();
                LongStream.range(from, until).forEach(expected::add);
                assertThat(again[0]).isEqualTo(until - from - (expected.size() - before));
            } else {
                assertThat(set.add(from)).isEqualTo(expected.add(from));
            }
        }
        assertThat(missing(0, 210_000))
                .isEqualTo(LongStream.range(0, 210_000)
                        .filter(offset -> !expected.contains(offset))
                        .boxed()
                        .toList());
        assertThat(set.first()).isEqualTo(expected.first());
        assertThat(set.last()).isEqualTo(expected.last());
    }
}

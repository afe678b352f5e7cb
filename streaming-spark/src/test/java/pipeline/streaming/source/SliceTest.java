package pipeline.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.events.offsets.OffsetRange;

class SliceTest {

    @Test
    void dividesPartitionsSoThatEachTaskReadsAsMuch() {
        List<Slice> slices = divide(2, new OffsetRange(10, 20), new OffsetRange(0, 0), new OffsetRange(5, 35));

        assertThat(slices)
                .extracting(Slice::ranges)
                .containsExactly(
                        new TreeMap<>(Map.of(0, new OffsetRange(10, 20), 2, new OffsetRange(5, 15))),
                        new TreeMap<>(Map.of(2, new OffsetRange(15, 35))));
    }

    @Test
    void givesManyPartitionsToOneTask() {
        assertThat(divide(1, new OffsetRange(0, 3), new OffsetRange(7, 9), new OffsetRange(1, 2)))
                .singleElement()
                .satisfies(slice -> assertThat(slice.ranges()).hasSize(3));
    }

    @Test
    void hasNoSliceForNothing() {
        assertThat(divide(4, new OffsetRange(3, 3))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "7, 3", "100, 16", "1000003, 16"})
    void leavesOutAndRepeatsNothing(long offsets, int most) {
        OffsetRange[] ranges = {
            new OffsetRange(2, 2 + offsets), new OffsetRange(0, 1), new OffsetRange(9, 9 + offsets / 2)
        };

        List<Slice> slices = divide(most, ranges);

        Map<Integer, List<OffsetRange>> parts = new TreeMap<>();
        slices.forEach(slice -> slice.ranges()
                .forEach((partition, range) -> parts.computeIfAbsent(partition, of -> new ArrayList<>())
                        .add(range)));
        for (int partition = 0; partition < ranges.length; partition++) {
            long from = ranges[partition].from();
            for (OffsetRange part : parts.getOrDefault(partition, List.of())) {
                assertThat(part.from()).isEqualTo(from);
                from = part.until();
            }
            assertThat(from).isEqualTo(ranges[partition].until());
        }
        assertThat(slices).hasSizeLessThanOrEqualTo(most);
        assertThat(slices.stream().mapToLong(SliceTest::length).max().getAsLong()
                        - slices.stream().mapToLong(SliceTest::length).min().getAsLong())
                .isLessThanOrEqualTo(1);
    }

    private static long length(Slice slice) {
        return slice.ranges().values().stream().mapToLong(OffsetRange::length).sum();
    }

    private static List<Slice> divide(int most, OffsetRange... ranges) {
        TreeMap<Integer, OffsetRange> all = new TreeMap<>();
        for (int partition = 0; partition < ranges.length; partition++) {
            all.put(partition, ranges[partition]);
        }
        return Slice.divide("events", all, most);
    }
}

package pipeline.validator.dataset.parquet.grouped;

import java.util.Arrays;
import java.util.List;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.parquet.column.Timestamps.Format;

/** Finds the first and the last time of each group. */
final class GroupedTimes extends GroupedValues {
    private final long[] first;
    private final long[] last;

    GroupedTimes(int[] ofRow, int groups) {
        super(ofRow);
        first = new long[groups];
        last = new long[groups];
        Arrays.fill(first, Long.MAX_VALUE);
        Arrays.fill(last, Long.MIN_VALUE);
    }

    @Override
    void add(int[] ofRow, int row, long[] values, int count) {
        for (int i = 0; i < count; i++) {
            int group = ofRow[row + i];
            long value = values[i];
            if (value < first[group]) {
                first[group] = value;
            }
            if (value > last[group]) {
                last[group] = value;
            }
        }
    }

    /** @param tallies of each group, of which each has a row */
    void addTo(List<Tally> tallies, Format format) {
        for (int group = 0; group < first.length; group++) {
            tallies.get(group).addTsRange(format.micros(first[group]), format.micros(last[group]));
        }
    }
}

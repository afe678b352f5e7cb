package pipeline.validator.dataset.parquet.grouped;

import java.util.Arrays;
import java.util.List;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.parquet.column.Chunk;
import pipeline.validator.dataset.parquet.column.Timestamps.Format;

/**
 * Finds the first and the last time of each group. Most files are sorted by time, more or less. Then most pages have no time that is
 * before or after those of the same groups in the pages at both ends, and need not be read.
 */
final class GroupedTimes extends GroupedValues {
    private final long[] first;
    private final long[] last;
    private final boolean areEnds;

    /** Reads the pages at both ends, and those of which the file has no bounds. */
    static GroupedTimes ofEnds(int[] ofRow, int groups) {
        long[] first = new long[groups];
        long[] last = new long[groups];
        Arrays.fill(first, Long.MAX_VALUE);
        Arrays.fill(last, Long.MIN_VALUE);
        return new GroupedTimes(ofRow, first, last, true);
    }

    /** Returns what reads those pages that were not read, and that may have other times. */
    GroupedTimes ofOthers() {
        return new GroupedTimes(ofRow(), first, last, false);
    }

    private GroupedTimes(int[] ofRow, long[] first, long[] last, boolean areEnds) {
        super(ofRow);
        this.first = first;
        this.last = last;
        this.areEnds = areEnds;
    }

    @Override
    protected boolean choosesPages() {
        return true;
    }

    @Override
    protected boolean needs(int rows, Chunk.Bounds bounds, boolean isAtEnd) {
        return bounds == null || isAtEnd ? areEnds : !areEnds && mayHaveOthers(rows, bounds);
    }

    private boolean mayHaveOthers(int rows, Chunk.Bounds bounds) {
        long[] firsts = first;
        long[] lasts = last;
        int[] groups = ofRow();
        int end = row() + rows;
        for (int row = row(); row < end; row++) {
            int group = groups[row];
            if (bounds.first() < firsts[group] || bounds.last() > lasts[group]) {
                return true;
            }
        }
        return false;
    }

    /** Uses local variables, because the compiler keeps them in registers. */
    @Override
    void add(int[] ofRow, int row, long[] values, int count) {
        long[] firsts = first;
        long[] lasts = last;
        for (int i = 0; i < count; i++) {
            int group = ofRow[row + i];
            long value = values[i];
            if (value < firsts[group]) {
                firsts[group] = value;
            }
            if (value > lasts[group]) {
                lasts[group] = value;
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

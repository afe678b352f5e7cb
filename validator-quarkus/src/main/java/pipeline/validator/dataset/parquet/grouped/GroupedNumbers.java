package pipeline.validator.dataset.parquet.grouped;

import java.util.List;
import pipeline.validator.dataset.content.Tally;

/** Adds numbers to the tallies of their groups, some at a time, which is several times as fast as one by one. */
final class GroupedNumbers extends GroupedValues {
    private static final int SOME = 256;

    /** How many values may wait for others of their group: they take 5 MiB. */
    private static final int MOST_WAITING = 640_000;

    private final Tally[] tallies;
    private final boolean areLongs;
    /** The values of each group that are not added yet. */
    private final double[][] waiting;

    private final int[] counts;

    /** @param areLongs whether the numbers are whole ones; otherwise they are doubles */
    GroupedNumbers(int[] ofRow, List<Tally> tallies, boolean areLongs) {
        super(ofRow);
        this.areLongs = areLongs;
        this.tallies = tallies.toArray(Tally[]::new);
        int some = Math.min(SOME, MOST_WAITING / Math.max(1, this.tallies.length));
        this.waiting = new double[this.tallies.length][some];
        this.counts = new int[this.tallies.length];
    }

    /** Uses local variables, because the compiler keeps them in registers. */
    @Override
    void add(int[] ofRow, int row, long[] values, int count) {
        boolean convert = areLongs;
        double[][] waitings = waiting;
        int[] at = counts;
        for (int i = 0; i < count; i++) {
            int group = ofRow[row + i];
            double[] of = waitings[group];
            int n = at[group];
            of[n++] = convert ? values[i] : Double.longBitsToDouble(values[i]);
            at[group] = n;
            if (n == of.length) {
                add(group);
            }
        }
    }

    private void add(int group) {
        tallies[group].addValues(waiting[group], counts[group]);
        counts[group] = 0;
    }

    /** Adds the values that wait for others, after the last one. */
    void addRest() {
        for (int group = 0; group < tallies.length; group++) {
            add(group);
        }
    }
}

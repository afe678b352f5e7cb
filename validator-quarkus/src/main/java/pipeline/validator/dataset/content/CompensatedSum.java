package pipeline.validator.dataset.content;

/**
 * A sum that does not depend on the order of its summands, since it keeps what each addition rounds away: Neumaier's
 * algorithm with the exact error of Knuth's TwoSum, about twice the precision of a double. Not for NaN and infinities.
 */
public final class CompensatedSum {
    private double high;
    private double low;

    public void add(double summand) {
        double sum = high + summand;
        double rounded = sum - high;
        low += (high - (sum - rounded)) + (summand - rounded);
        high = sum;
    }

    /** Adds the first {@code count} summands. Uses local variables, because the compiler keeps them in registers. */
    public void add(double[] summands, int count) {
        double total = high;
        double lost = low;
        for (int i = 0; i < count; i++) {
            double summand = summands[i];
            double sum = total + summand;
            double rounded = sum - total;
            lost += (total - (sum - rounded)) + (summand - rounded);
            total = sum;
        }
        high = total;
        low = lost;
    }

    public void add(CompensatedSum other) {
        add(other.high);
        low += other.low;
    }

    public double value() {
        return high + low;
    }
}

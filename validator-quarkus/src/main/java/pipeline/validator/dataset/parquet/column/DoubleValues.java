package pipeline.validator.dataset.parquet.column;

import java.nio.ByteBuffer;
import pipeline.validator.dataset.content.Tally;

/** Adds a column of doubles to a tally, with a row for each. */
public final class DoubleValues extends Values {
    private final Tally tally;
    private final double[] values;
    private double[] dictionary = {};

    /** @param rows how many there will be */
    public DoubleValues(Tally tally, long rows) {
        this.tally = tally;
        values = new double[(int) Math.min(AT_ONCE, rows)];
    }

    @Override
    protected int bytes() {
        return Double.BYTES;
    }

    @Override
    protected void setDictionary(byte[] plain, int size, int count) {
        dictionary = new double[count];
        littleEndian(plain, 0, count * Double.BYTES).asDoubleBuffer().get(dictionary);
    }

    @Override
    protected void addPlain(ByteBuffer plain, int count) {
        plain.asDoubleBuffer().get(values, 0, count);
        tally.addValues(values, count);
    }

    @Override
    protected void addIndexes(int[] indexes, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = dictionary[indexes[i]];
        }
        tally.addValues(values, count);
    }

    @Override
    protected void addNulls(long count) {
        tally.addNullValues(count);
    }
}

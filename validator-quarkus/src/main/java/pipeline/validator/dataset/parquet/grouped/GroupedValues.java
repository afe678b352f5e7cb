package pipeline.validator.dataset.parquet.grouped;

import java.nio.ByteBuffer;
import pipeline.validator.dataset.parquet.column.Values;

/** Adds the rows of a column of 64-bit values to their groups. There may be no null. */
abstract class GroupedValues extends Values {
    private final int[] ofRow;
    private final long[] values = new long[AT_ONCE];
    private long[] dictionary = {};
    private int row;

    /** @param ofRow the group of each row */
    GroupedValues(int[] ofRow) {
        this.ofRow = ofRow;
    }

    /**
     * @param ofRow the group of each row
     * @param row that of the first of the values
     */
    abstract void add(int[] ofRow, int row, long[] values, int count);

    @Override
    protected int bytes() {
        return Long.BYTES;
    }

    @Override
    protected void setDictionary(byte[] plain, int size, int count) {
        dictionary = new long[count];
        littleEndian(plain, 0, size).asLongBuffer().get(dictionary);
    }

    @Override
    protected void addPlain(ByteBuffer plain, int count) {
        plain.asLongBuffer().get(values, 0, count);
        add(count);
    }

    @Override
    protected void addIndexes(int[] indexes, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = dictionary[indexes[i]];
        }
        add(count);
    }

    /** Returns the group of each row. */
    final int[] ofRow() {
        return ofRow;
    }

    /** Returns the number of the next row. */
    final int row() {
        return row;
    }

    @Override
    protected final void skip(int rows) {
        row += rows;
    }

    private void add(int count) {
        add(ofRow, row, values, count);
        row += count;
    }

    @Override
    protected void addNulls(long count) {
        if (count > 0) {
            throw new IllegalStateException("rows with null are not known");
        }
    }
}

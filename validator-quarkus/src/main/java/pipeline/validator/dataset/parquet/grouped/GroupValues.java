package pipeline.validator.dataset.parquet.grouped;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.parquet.column.Values;

/** Numbers the different values of a column, and says of each row which one it has. */
public final class GroupValues extends Values {
    private final boolean isText;
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final List<Object> groups = new ArrayList<>();
    private final int[] ofRow;
    private int[] ofDictionary = {};
    private int row;

    /**
     * @param isText whether the values are texts; otherwise they are whole numbers of 64 bits
     * @param rows how many there will be
     */
    public GroupValues(boolean isText, long rows) {
        this.isText = isText;
        ofRow = new int[Math.toIntExact(rows)];
    }

    /** Returns the different values, texts or longs, in the order of their numbers. */
    public List<Object> groups() {
        return groups;
    }

    /** Returns the number of each row's value. */
    public int[] ofRow() {
        return ofRow;
    }

    @Override
    protected int bytes() {
        return isText ? ANY_LENGTH : Long.BYTES;
    }

    @Override
    protected void setDictionary(byte[] plain, int size, int count) {
        ofDictionary = new int[count];
        number(littleEndian(plain, 0, size), ofDictionary, 0, count);
    }

    @Override
    protected void addPlain(ByteBuffer plain, int count) {
        number(plain, ofRow, row, count);
        row += count;
    }

    private void number(ByteBuffer plain, int[] target, int start, int count) {
        for (int i = start; i < start + count; i++) {
            Object group = isText ? text(plain) : (Object) plain.getLong();
            Integer number = numbers.putIfAbsent(group, groups.size());
            if (number == null) {
                number = groups.size();
                groups.add(group);
                requireRoom();
            }
            target[i] = number;
        }
    }

    /** Of more groups, not each one is told apart. Reading row by row takes less memory then. */
    private void requireRoom() {
        if (groups.size() > Tallies.MOST_GROUPS) {
            throw new IllegalStateException("too many groups");
        }
    }

    private static String text(ByteBuffer plain) {
        int length = plain.getInt();
        int start = plain.position();
        plain.position(start + length);
        return new String(plain.array(), plain.arrayOffset() + start, length, StandardCharsets.UTF_8);
    }

    @Override
    protected void addIndexes(int[] indexes, int count) {
        for (int i = 0; i < count; i++) {
            ofRow[row + i] = ofDictionary[indexes[i]];
        }
        row += count;
    }

    @Override
    protected void addNulls(long count) {
        if (count > 0) {
            throw new IllegalStateException("rows with null are not known");
        }
    }
}

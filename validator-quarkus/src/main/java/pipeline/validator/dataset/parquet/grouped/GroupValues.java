package pipeline.validator.dataset.parquet.grouped;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.parquet.column.Values;

/** Numbers the different values of a column, null among them, and says of each row which one it has. */
public final class GroupValues extends Values {
    /** What a file has as groups. */
    enum Kind {
        TEXT,
        LONG,
        BOOLEAN
    }

    private final Kind kind;
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final List<Object> groups = new ArrayList<>();
    private final int[] ofRow;
    private int[] ofDictionary = {};
    /** The levels of a page in which some rows are null. */
    private int[] levels = {};

    private int row;

    /** @param rows how many there will be */
    GroupValues(Kind kind, long rows) {
        this.kind = kind;
        ofRow = new int[Math.toIntExact(rows)];
    }

    /** Returns the different values, texts, longs, booleans or null, in the order of their numbers. */
    List<Object> groups() {
        return groups;
    }

    /** Returns the number of each row's value. */
    int[] ofRow() {
        return ofRow;
    }

    @Override
    protected int bytes() {
        return kind == Kind.LONG ? Long.BYTES : ANY_LENGTH;
    }

    @Override
    protected void setDictionary(byte[] plain, int size, int count) {
        ofDictionary = new int[count];
        number(littleEndian(plain, 0, size), ofDictionary, 0, count);
    }

    @Override
    protected void addPlain(ByteBuffer plain, int count) {
        if (kind == Kind.BOOLEAN) {
            numberBits(plain, count);
        } else {
            number(plain, ofRow, row, count);
        }
        row += count;
    }

    private void number(ByteBuffer plain, int[] target, int start, int count) {
        for (int i = start; i < start + count; i++) {
            target[i] = number(kind == Kind.TEXT ? text(plain) : (Object) plain.getLong());
        }
    }

    /** Each byte has the booleans of eight rows, the first one in its lowest bit. */
    private void numberBits(ByteBuffer plain, int count) {
        int[] ofBit = {-1, -1};
        for (int i = 0; i < count; i++) {
            int bit = plain.get(plain.position() + i / Byte.SIZE) >> i % Byte.SIZE & 1;
            if (ofBit[bit] < 0) {
                ofBit[bit] = number(bit == 1);
            }
            ofRow[row + i] = ofBit[bit];
        }
    }

    private int number(Object group) {
        Integer number = numbers.putIfAbsent(group, groups.size());
        if (number == null) {
            groups.add(group);
            requireRoom();
            return groups.size() - 1;
        }
        return number;
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
    protected boolean needsLevels() {
        return true;
    }

    @Override
    protected void setLevels(int[] ofPage) {
        levels = ofPage;
    }

    /** Moves the numbers of the page's values, which were written one after the other, to their rows. */
    @Override
    protected void addNulls(long count) {
        if (count == 0) {
            return;
        }
        int ofNull = number(null);
        int from = row;
        row += (int) count;
        int start = row - levels.length;
        for (int i = levels.length - 1; i >= 0; i--) {
            ofRow[start + i] = levels[i] == 0 ? ofNull : ofRow[--from];
        }
    }
}

package pipeline.events.schema.draft;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a sample has in one place: in a field of objects, or in the items of arrays. For one thread. */
final class FieldSample {
    /** Whether a field has more different values than this is known, but not how many more. */
    static final int MAX_VALUES = 100;

    private static final long FIRST_SECOND =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<String, FieldSample> fields = new LinkedHashMap<>();
    private final Set<Long> differentValues = new HashSet<>();
    private FieldSample items;
    private boolean hasTooManyFields;
    private long lastHolder;
    private long holders;
    private long repeated;
    private long smallest = Long.MAX_VALUE;
    private long largest = Long.MIN_VALUE;

    /** @param holder a number of the object or array that has it, other than 0 */
    void addHolder(long holder) {
        if (holder == lastHolder) {
            repeated++;
        } else {
            holders++;
            lastHolder = holder;
        }
    }

    void add(Kind kind) {
        counts.merge(kind, 1L, Long::sum);
    }

    void addInteger(long value) {
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
    }

    /** @param value the same number for the same value */
    void addValue(long value) {
        if (differentValues.size() <= MAX_VALUES) {
            differentValues.add(value);
        }
    }

    /** Returns in how many objects or arrays it is. */
    long holders() {
        return holders;
    }

    /** Returns how often an object has it once more. */
    long repeated() {
        return repeated;
    }

    /** Returns how many values are of each kind. */
    Map<Kind, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Returns the number of values that are not null. */
    long values() {
        return kinds().stream().mapToLong(this::count).sum();
    }

    /** Returns what its values are that are not null. */
    Set<Kind> kinds() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        kinds.addAll(counts.keySet());
        kinds.remove(Kind.NULL);
        return kinds;
    }

    /** Returns the number of different values, at most one more than {@value #MAX_VALUES}. */
    int differentValues() {
        return differentValues.size();
    }

    /** Returns which unit makes each integer a time of this century, null if there is none. */
    String epochUnit() {
        if (isBetween(FIRST_SECOND, LAST_SECOND)) {
            return "seconds";
        }
        return isBetween(FIRST_SECOND * 1_000, LAST_SECOND * 1_000) ? "milliseconds" : null;
    }

    private boolean isBetween(long first, long last) {
        return smallest >= first && largest <= last && count(Kind.INTEGER) > 0;
    }

    /** Returns the fields of its objects, in the order in which they were first seen. */
    Map<String, FieldSample> fields() {
        return Collections.unmodifiableMap(fields);
    }

    FieldSample addField(String name) {
        FieldSample field = new FieldSample();
        fields.put(name, field);
        return field;
    }

    boolean hasTooManyFields() {
        return hasTooManyFields;
    }

    /** Forgets what is inside, because there are too many fields. Returns the number of places that are forgotten. */
    int forgetFields() {
        int forgotten = size() - 1 - (items == null ? 0 : items.size());
        fields.clear();
        hasTooManyFields = true;
        return forgotten;
    }

    private int size() {
        int inside = fields.values().stream().mapToInt(FieldSample::size).sum();
        return 1 + inside + (items == null ? 0 : items.size());
    }

    /** Returns the items of its arrays, null if no array has any. */
    FieldSample items() {
        return items;
    }

    FieldSample addItems() {
        items = new FieldSample();
        return items;
    }
}

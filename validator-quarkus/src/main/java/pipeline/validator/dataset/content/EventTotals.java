package pipeline.validator.dataset.content;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What files of events with a schema hold beside the {@link Tallies}.
 *
 * @param badRows the number of rows whose group the schema of their batch does not allow
 * @param badGroups the first few of these groups
 * @param columns by path, such as {@code items[].price}
 * @param otherColumns files whose columns differ from the schema of their batch, each with the difference
 */
public record EventTotals(
        long rows,
        long badRows,
        List<String> badGroups,
        Map<String, ColumnSum> columns,
        Sample otherColumns,
        Rescued rescued) {
    public static final EventTotals NONE = new EventTotals(0, 0, List.of(), Map.of(), Sample.NONE, Rescued.NONE);

    /**
     * The fields that events have and their schema does not know.
     *
     * @param rows of the events that have some
     * @param fields how many events have each, by JSON pointer; of very many fields only some
     * @param since the first batch with one of them
     */
    public record Rescued(long rows, SortedMap<String, Long> fields, long since) {
        public static final Rescued NONE = new Rescued(0, new TreeMap<>(), Long.MAX_VALUE);

        /** A sender may invent names. */
        private static final int MOST_FIELDS = 1_000;

        public Rescued plus(Rescued other) {
            if (other.rows == 0) {
                return this;
            }
            SortedMap<String, Long> both = new TreeMap<>(fields);
            other.fields.forEach((field, events) -> count(both, field, events));
            return new Rescued(rows + other.rows, both, Math.min(since, other.since));
        }

        /** Adds events with a field, if it is one of those that are counted. */
        public static void count(Map<String, Long> fields, String field, long events) {
            if (fields.containsKey(field) || fields.size() < MOST_FIELDS) {
                fields.merge(field, events, Long::sum);
            }
        }
    }

    public EventTotals plus(EventTotals other) {
        return new EventTotals(
                rows + other.rows,
                badRows + other.badRows,
                Stream.concat(badGroups.stream(), other.badGroups.stream())
                        .distinct()
                        .limit(Sample.NAMED)
                        .toList(),
                columns(other),
                otherColumns.plus(other.otherColumns),
                rescued.plus(other.rescued));
    }

    private Map<String, ColumnSum> columns(EventTotals other) {
        Map<String, ColumnSum> sums = new LinkedHashMap<>(columns);
        sums.replaceAll(
                (path, sum) -> sum.plus(other.columns.getOrDefault(path, ColumnSum.ofNulls(sum.type(), other.rows))));
        other.columns.forEach(
                (path, sum) -> sums.computeIfAbsent(path, added -> sum.plus(ColumnSum.ofNulls(sum.type(), rows))));
        return sums;
    }
}

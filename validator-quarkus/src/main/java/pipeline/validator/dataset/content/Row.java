package pipeline.validator.dataset.content;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * One row of a Parquet file; a field is null if the file does not have it.
 *
 * @param columns all columns, as values that JSON has, only of an event with a schema; then {@code id}, {@code value} and
 *     {@code source} are null, and {@code ts} is the time of the event
 */
public record Row(
        Integer id,
        Instant ts,
        Double value,
        String source,
        Integer partition,
        Long offset,
        Map<String, Object> columns) {
    /** Rows without a ts are the oldest. */
    public static final Comparator<Row> NEWEST_FIRST = Comparator.comparing(
                    Row::ts, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(Row::offset, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed();

    /** Creates a row of a built-in event. */
    public Row(Integer id, Instant ts, Double value, String source, Integer partition, Long offset) {
        this(id, ts, value, source, partition, offset, null);
    }

    public static Row ofEvent(Instant ts, Integer partition, Long offset, Map<String, Object> columns) {
        return new Row(null, ts, null, null, partition, offset, columns);
    }
}

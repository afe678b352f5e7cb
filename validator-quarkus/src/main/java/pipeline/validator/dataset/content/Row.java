package pipeline.validator.dataset.content;

import java.time.Instant;
import java.util.Comparator;

/** One row of a Parquet file; a field is null if the file does not have it. */
public record Row(Integer id, Instant ts, Double value, String source, Integer partition, Long offset) {
    /** Rows without a ts are the oldest. */
    public static final Comparator<Row> NEWEST_FIRST = Comparator.comparing(
                    Row::ts, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(Row::offset, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed();
}

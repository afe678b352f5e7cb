package pipeline.validator.dataset.content;

import java.time.Instant;
import java.util.Comparator;

/** One row of a Parquet file; null is what the file does not say. */
public record Row(Integer id, Instant ts, Double value, String source, Integer partition, Long offset) {
    /** From the oldest to the newest one; what has no ts is oldest. */
    public static final Comparator<Row> BY_TS =
            Comparator.comparing(Row::ts, Comparator.nullsFirst(Comparator.naturalOrder()));
}

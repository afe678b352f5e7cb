package pipeline.validator.dataset;

import java.time.Instant;

/** One row of a Parquet file; null is what the file does not say. */
public record Row(Integer id, Instant ts, Double value, String source, Integer partition, Long offset) {}

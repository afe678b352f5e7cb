/**
 * Reads single columns of a Parquet file page by page, without Parquet's own readers, which spend far more time on preparations
 * for a small file than on reading it. Start with {@link pipeline.validator.dataset.parquet.column.FlatFile}.
 */
package pipeline.validator.dataset.parquet.column;

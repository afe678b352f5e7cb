/**
 * Reads single columns of a Parquet file, page by page and without Parquet's own readers, which do far more for each small file
 * than reading it. Start with {@link pipeline.validator.dataset.parquet.column.FlatFile}.
 */
package pipeline.validator.dataset.parquet.column;

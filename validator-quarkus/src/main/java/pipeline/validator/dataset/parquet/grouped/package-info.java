/** Aggregates events by groups that are in a column. Start with {@link pipeline.validator.dataset.parquet.grouped.EventColumns}. */
package pipeline.validator.dataset.parquet.grouped;

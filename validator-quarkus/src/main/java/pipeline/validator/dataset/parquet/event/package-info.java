/**
 * Reads the Parquet files of runs whose events have a schema. Start with {@link
 * pipeline.validator.dataset.parquet.event.EventScanner}.
 */
package pipeline.validator.dataset.parquet.event;

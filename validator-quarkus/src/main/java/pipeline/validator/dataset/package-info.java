/**
 * The Parquet trees of all runs. Start with {@link pipeline.validator.dataset.run.DatasetIndex}.
 */
package pipeline.validator.dataset;

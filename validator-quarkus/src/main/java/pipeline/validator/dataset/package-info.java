/**
 * The Parquet tree with all its runs. Start with {@link pipeline.validator.dataset.DatasetIndex}; {@link
 * pipeline.validator.dataset.storage.Storage} is the interface to other file systems, {@link
 * pipeline.validator.dataset.run.Run} the base class of all kinds of runs.
 */
package pipeline.validator.dataset;

/**
 * Finds the files of each run and keeps their sums up to date. Start with {@link
 * pipeline.validator.dataset.DatasetIndex}; {@link pipeline.validator.dataset.Storage} is the seam to other file systems.
 */
package pipeline.validator.dataset;

/**
 * Runs and their sums, kept up to date file by file. Start with {@link pipeline.validator.dataset.run.DatasetIndex}; {@link
 * pipeline.validator.dataset.run.Run} is one run, with a ledger or without.
 */
package pipeline.validator.dataset.run;

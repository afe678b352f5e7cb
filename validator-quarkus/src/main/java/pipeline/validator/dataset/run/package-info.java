/**
 * Runs and their totals, updated file by file. Start with {@link pipeline.validator.dataset.run.Run}; {@link
 * pipeline.validator.dataset.run.LedgerRun} and {@link pipeline.validator.dataset.run.ListedRun} are the two kinds.
 */
package pipeline.validator.dataset.run;

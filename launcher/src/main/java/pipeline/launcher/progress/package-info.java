/**
 * Progress of the events: {@link pipeline.launcher.progress.LedgerTotals} counts what is committed,
 * {@link pipeline.launcher.progress.StatusLine} shows it, and {@link pipeline.launcher.progress.Reconciliation} compares it
 * with what was sent.
 */
package pipeline.launcher.progress;

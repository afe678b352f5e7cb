/**
 * How far the events are: {@link pipeline.local.progress.LedgerFollower} counts what is committed,
 * {@link pipeline.local.progress.StatusLine} shows it, {@link pipeline.local.progress.Reconciliation} compares it with
 * what was sent.
 */
package pipeline.local.progress;

/**
 * Compares what the ledger claims with what the storage has: files by {@link
 * pipeline.validator.dataset.audit.TreeAuditor}, every offset by {@link pipeline.validator.dataset.audit.OffsetAuditor}.
 */
package pipeline.validator.dataset.audit;

/**
 * Compares what the ledger claims with what is in storage: files in {@link
 * pipeline.validator.dataset.audit.TreeAuditor}, every offset in {@link pipeline.validator.dataset.audit.OffsetAuditor}.
 */
package pipeline.validator.dataset.audit;

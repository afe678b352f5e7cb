/**
 * Compares what the ledger claims with what is in storage: the files, and every offset in them. Start with {@link
 * pipeline.validator.dataset.audit.TreeAuditor} and {@link
 * pipeline.validator.dataset.audit.OffsetAuditor}.
 */
package pipeline.validator.dataset.audit;

/**
 * Compares what the ledger claims with what is in storage: the files, and every offset in them. Start with {@link
 * pipeline.validator.dataset.audit.RunAuditor}.
 */
package pipeline.validator.dataset.audit;

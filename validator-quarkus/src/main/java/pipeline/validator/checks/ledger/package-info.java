/** Checks of the files against the ledger, and of the ledger itself. */
package pipeline.validator.checks.ledger;

/** The ledger as the validator reads it: record by record, checking that each continues where the previous one ended. */
package pipeline.validator.dataset.ledger;

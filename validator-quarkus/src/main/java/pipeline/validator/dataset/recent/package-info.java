/** The first and the newest rows, and averages over the last minutes. */
package pipeline.validator.dataset.recent;

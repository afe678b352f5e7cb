/** The newest and the first rows, and windows of averages over the last minutes. */
package pipeline.validator.dataset.recent;

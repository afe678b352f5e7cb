/** The content of files: rows, and totals over them. */
package pipeline.validator.dataset.content;

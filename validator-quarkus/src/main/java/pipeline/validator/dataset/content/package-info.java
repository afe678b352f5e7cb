/** What files hold: rows, and the sums over them. */
package pipeline.validator.dataset.content;

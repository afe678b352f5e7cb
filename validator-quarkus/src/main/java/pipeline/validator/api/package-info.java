/** The HTTP endpoints and their answers. Errors become responses in {@link pipeline.validator.api.Problems} only. */
package pipeline.validator.api;

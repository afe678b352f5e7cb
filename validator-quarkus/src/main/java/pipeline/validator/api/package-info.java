/** The HTTP endpoints and their answers. Errors become responses in {@link pipeline.validator.api.http.Problems} only. */
package pipeline.validator.api;

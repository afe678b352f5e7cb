/**
 * Parameters, errors and headers that all endpoints share. Errors become responses in {@link
 * pipeline.validator.api.http.Problems} only.
 */
package pipeline.validator.api.http;

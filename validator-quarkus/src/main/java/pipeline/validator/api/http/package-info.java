/**
 * What all endpoints share: parameters, errors, and the parts of the API's description. Exceptions become responses in {@link
 * pipeline.validator.api.http.Problems} only; {@link pipeline.validator.api.http.RequestFilter} answers requests that no endpoint
 * may see.
 */
package pipeline.validator.api.http;

/** The HTTP endpoints, one class each. */
package pipeline.validator.api;

/** The answers as JSON. */
package pipeline.validator.api.answer;

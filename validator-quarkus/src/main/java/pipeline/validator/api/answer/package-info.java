/** The JSON of the answers. */
package pipeline.validator.api.answer;

/**
 * Reads the values of one type each, on both paths: start with {@link pipeline.events.schema.reader.FieldReader}.
 * {@link pipeline.events.schema.reader.Values} is what a user of the decoder implements.
 */
package pipeline.events.schema.reader;

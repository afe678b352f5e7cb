/**
 * Decodes the Kafka values of a schema: start with {@link pipeline.events.schema.decode.EventDecoder}. Each type has one
 * reader, which reads a value on both paths.
 */
package pipeline.events.schema.decode;

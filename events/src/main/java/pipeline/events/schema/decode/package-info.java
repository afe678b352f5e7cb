/** Decodes the Kafka values of a schema with {@link pipeline.events.schema.decode.EventDecoder}. */
package pipeline.events.schema.decode;

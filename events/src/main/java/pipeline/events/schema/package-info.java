/**
 * The shape of events, as a schema file states it: {@link pipeline.events.schema.EventSchema} and its parts, immutable and
 * serializable. {@code file} reads it from a file; {@code decode} turns it into a decoder of Kafka values; {@code sample} makes
 * up events; {@code change} says whether a run may continue with another one; {@code draft} drafts a file from a sample of events.
 */
package pipeline.events.schema;

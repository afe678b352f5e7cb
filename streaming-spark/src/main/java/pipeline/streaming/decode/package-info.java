/**
 * Decodes Kafka records: {@link pipeline.streaming.decode.RecordDecoder} makes a row of each, and
 * {@link pipeline.streaming.decode.DecodedRecords} tells events from rejected ones.
 */
package pipeline.streaming.decode;

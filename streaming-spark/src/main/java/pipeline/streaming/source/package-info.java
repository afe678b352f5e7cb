/** The topic as a stream of records. Start with {@link pipeline.streaming.source.KafkaSource}. */
package pipeline.streaming.source;

/**
 * Kafka's records read outside of Spark: to find out which offsets have one, and whether Kafka still has those that were read.
 * Start with {@link pipeline.streaming.records.TopicLog}.
 */
package pipeline.streaming.records;

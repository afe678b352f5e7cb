/**
 * Kafka's records read without Spark's source: to find out which offsets have one, whether Kafka still has those that were read,
 * and to read those that Spark cannot. Start with {@link pipeline.streaming.records.TopicLog}.
 */
package pipeline.streaming.records;

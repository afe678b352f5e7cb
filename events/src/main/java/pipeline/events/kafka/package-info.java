/**
 * How a component connects to Kafka, without Kafka's classes. Start with {@link pipeline.events.kafka.KafkaClientConfig}, the
 * settings of the file that the user provides; {@link pipeline.events.kafka.KafkaFailures} turns what a client throws into
 * one line for people.
 */
package pipeline.events.kafka;

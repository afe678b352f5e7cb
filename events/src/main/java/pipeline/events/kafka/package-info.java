/**
 * How a component connects to Kafka; uses none of Kafka's classes. Start with {@link pipeline.events.kafka.KafkaEndpoint};
 * {@link pipeline.events.kafka.KafkaFailures} explains what a client throws in one line.
 */
package pipeline.events.kafka;

/** Sends events to Kafka. Only this package uses reactive messaging; start with {@link EventPublisher}. */
package pipeline.producer.channel;

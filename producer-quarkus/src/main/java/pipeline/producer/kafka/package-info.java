/** Kafka beside the channel: whether the topic can take events, waiting for it, and the client's retries. */
package pipeline.producer.kafka;

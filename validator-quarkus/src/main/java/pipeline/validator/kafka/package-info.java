/** Asks the broker for the offsets of the topic. No other package uses Kafka's client. */
package pipeline.validator.kafka;

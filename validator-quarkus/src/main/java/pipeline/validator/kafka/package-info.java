/** Asks the broker how far the topic goes: the only package that knows Kafka's client. */
package pipeline.validator.kafka;

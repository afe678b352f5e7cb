/**
 * What became of the events, for people and machines. {@link pipeline.producer.observe.Deliveries} counts; the others show
 * it as log line, and the state of producer and Kafka as health.
 */
package pipeline.producer.observe;
